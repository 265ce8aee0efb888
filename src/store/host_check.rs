//! The machine around a store: permissions, leftovers, the clock, free space and the kind of the file system.
//!
//! A finding is no fault of the store. It says what can reveal, lose or block its data, and `store check` prints it with the way out.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{StatVfs, statvfs};

use crate::error::Error;
use crate::reply::FindingKind;
use crate::store::{Store, private_file};

/// The lowest free space, in bytes, that is no finding. An upgrade and a backup need the size of the store too.
const SPARE_BYTES: u64 = 64 << 20;

/// Something on the machine that an operator should change.
#[derive(Debug, PartialEq, Eq)]
pub struct HostFinding {
    /// What was found.
    pub kind: FindingKind,
    /// The file or folder that it is about.
    pub path: PathBuf,
    /// The value that was found, in the form of [`FindingKind`].
    pub found: String,
}

/// Inspects the machine around a store. `leftovers` are the temporary files that could not be removed. What can't be read is left out.
///
/// # Errors
/// The store can't be read.
pub fn inspect(store: &Store, leftovers: Vec<PathBuf>) -> Result<Vec<HostFinding>, Error> {
    let path = store.path();
    let folder = private_file::folder_of(path);
    // The name `.` would not show which folder it is.
    let folder = &fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let is_real = store.seed()?.is_none();
    let mut findings = vec![];
    let mut add = |kind, path: &Path, found| findings.push(HostFinding { kind, path: path.to_owned(), found });

    // SQLite makes the side files with the store's permissions.
    let side_files = private_file::SIDE_FILES.iter().map(|suffix| private_file::with_suffix(path, suffix));
    let open_to_others = |file: PathBuf| Some((mode_of(&file).and_then(permissions)?, file));
    let of_store = [path.to_owned()].into_iter().chain(side_files).find_map(open_to_others);
    let of_key = store.location().key.filter(|_| is_real).map(Path::to_owned).and_then(open_to_others);
    for (found, file) in of_store.into_iter().chain(of_key) {
        add(FindingKind::Permissions, &file, found);
    }
    if let Some(found) = mode_of(folder).and_then(folder_permissions) {
        add(FindingKind::FolderPermissions, folder, found);
    }
    for leftover in leftovers {
        add(FindingKind::Leftover, &leftover, String::new());
    }
    if let Some(lag) = store.clock_lag()? {
        add(FindingKind::ClockBehind, path, lag.system.to_string());
    }
    let bytes = fs::metadata(path).map_or(0, |there| there.len());
    if let Some(found) = statvfs(folder).ok().and_then(|there| low_space(&there, bytes)) {
        add(FindingKind::LowSpace, folder, found);
    }
    if let Some(name) = file_system(folder, is_real) {
        add(FindingKind::FileSystem, folder, name.to_owned());
    }
    Ok(findings)
}

fn mode_of(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|there| there.mode())
}

/// Returns the mode of a file, in octal digits, if others than its owner can use it.
fn permissions(mode: u32) -> Option<String> {
    (mode & 0o077 != 0).then(|| format!("{:04o}", mode & 0o7777))
}

/// Returns the mode of a folder, in octal digits, if any user can replace the files in it.
fn folder_permissions(mode: u32) -> Option<String> {
    let (writable, sticky) = (mode & 0o002 != 0, mode & 0o1000 != 0);
    (writable && !sticky).then(|| format!("{:04o}", mode & 0o7777))
}

/// Returns the free bytes if they are fewer than the store, or than [`SPARE_BYTES`].
fn low_space(there: &StatVfs, store_bytes: u64) -> Option<String> {
    let free = there.f_bavail.saturating_mul(there.f_frsize);
    (free < store_bytes.max(SPARE_BYTES)).then(|| free.to_string())
}

/// Returns the name of a file system on which a store is not safe: over a network, in memory, or without permissions.
#[cfg(target_os = "linux")]
fn file_system(folder: &Path, is_real: bool) -> Option<&'static str> {
    // The fields of the numbers differ in width between architectures; all fit 32 bits.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the kernel's numbers have 32 bits")]
    let number = rustix::fs::statfs(folder).ok()?.f_type as u32;
    name_of_file_system(number, is_real)
}

#[cfg(not(target_os = "linux"))]
fn file_system(_folder: &Path, _is_real: bool) -> Option<&'static str> {
    None
}

/// Returns the name for one of the numbers of `statfs(2)`. A sandbox is used for a while only, so it may be in memory.
fn name_of_file_system(number: u32, is_real: bool) -> Option<&'static str> {
    Some(match number {
        0x6969 => "nfs",
        0x517b | 0xfe53_4d42 | 0xff53_4d42 => "smb",
        0x0102_1997 => "9p",
        0x5346_414f | 0x6b41_4653 => "afs",
        0x00c3_6400 => "ceph",
        0x7375_7245 => "coda",
        0x4d44 => "fat",
        0x2011_bab0 => "exfat",
        0x0102_1994 if is_real => "tmpfs",
        0x8584_58f6 if is_real => "ramfs",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_for_their_owner_alone_pass() {
        for (mode, found) in
            [(0o100_600, None), (0o100_400, None), (0o100_640, Some("0640")), (0o100_604, Some("0604"))]
        {
            assert_eq!(permissions(mode).as_deref(), found);
        }
    }

    #[test]
    fn a_folder_that_anyone_writes_passes_only_with_the_sticky_bit() {
        for (mode, found) in [(0o40_700, None), (0o40_775, None), (0o41_777, None), (0o40_777, Some("0777"))] {
            assert_eq!(folder_permissions(mode).as_deref(), found);
        }
    }

    #[test]
    fn free_space_must_hold_the_store_once_more() {
        let mut there = statvfs("/").expect("the root");
        (there.f_bavail, there.f_frsize) = (100, 1 << 20);
        assert_eq!(low_space(&there, 100 << 20), None);
        assert_eq!(low_space(&there, (100 << 20) + 1), Some((100_u64 << 20).to_string()));
        there.f_bavail = 63;
        assert_eq!(low_space(&there, 0), Some((63_u64 << 20).to_string()));
    }

    #[test]
    fn a_store_in_memory_is_a_finding_unless_it_is_a_sandbox() {
        assert_eq!(
            [name_of_file_system(0x0102_1994, true), name_of_file_system(0x0102_1994, false)],
            [Some("tmpfs"), None]
        );
        assert_eq!([name_of_file_system(0x6969, true), name_of_file_system(0x6969, false)], [Some("nfs"); 2]);
        assert_eq!(name_of_file_system(0xef53, true), None, "ext4");
    }
}
