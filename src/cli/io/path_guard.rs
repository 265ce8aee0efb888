//! The one check of every path that a command writes to.
//!
//! Refused are stores, key files and the files beside a store, found by their content; unfinished replies and finished letters of
//! this store; the command's own input; and symbolic links to regular files, which somebody else may have put there. Devices, pipes
//! and open descriptors (`/dev/stdout`, `/dev/fd/N`, `>(...)`) are written as they are.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::batch::ReplyFile;
use crate::cli::io::streams::Streams;
use crate::cli::render::escape::printable;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::outbox::print_run;
use crate::store::private_file::{SIDE_FILES, folder_of, is_same_place, with_suffix};
use crate::store::{Store, StoreLocation, file_kind};

/// What is at a path that may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nothing yet.
    New,
    /// A regular file, to be replaced.
    File,
    /// A device, a pipe, or an open descriptor of this process, whatever it leads to.
    Stream,
}

/// Returns whether `path` is the store, its key file, or a file that SQLite creates beside the store. None of them needs to exist.
pub fn is_store_file(location: StoreLocation<'_>, path: &Path) -> bool {
    let StoreLocation { store, key } = location;
    let beside = SIDE_FILES.iter().chain([&file_kind::KEY_FILE]).map(|suffix| with_suffix(store, suffix));
    beside.chain([store.to_owned()]).chain(key.map(Path::to_owned)).any(|own| is_same_place(&own, path))
}

/// Checks a path to write to, and says what is there. The store of `location` may be open, other stores must not be.
///
/// # Errors
/// [`Error::Usage`] for a path that must not be written; [`Error::File`] if it can't be.
pub fn check(location: Option<StoreLocation<'_>>, path: &Path) -> Result<Place, Error> {
    let refuse = |key| Err(file_error(key, path));
    // Before any file is opened: closing a file of an open store would release its locks.
    if location.is_some_and(|location| is_store_file(location, path)) {
        return refuse("over-store");
    }
    if descriptor(path).is_some() {
        // A descriptor of a store, as in `3>>other.db`.
        return if file_kind::of(path).is_some() { refuse("over-store") } else { Ok(Place::Stream) };
    }
    let there = match fs::metadata(path) {
        Ok(there) => Some(there),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Error::file(path, error)),
    };
    let place = match &there {
        None => Place::New,
        Some(there) if there.is_file() => Place::File,
        Some(there) if there.is_dir() => return Err(Error::file(path, ErrorKind::IsADirectory.into())),
        Some(_) => Place::Stream,
    };
    if path.is_symlink() && place != Place::Stream {
        return refuse("over-link");
    }
    if place != Place::Stream && file_kind::of(path).is_some() {
        return refuse("over-store");
    }
    Ok(place)
}

/// Checks the path of a store to make. It may be the path of this store, if that does not exist.
///
/// # Errors
/// A file is there; as of [`check`].
pub fn check_new_store(location: Option<StoreLocation<'_>>, path: &Path) -> Result<(), Error> {
    if path.symlink_metadata().is_ok() {
        return Err(Error::file(path, ErrorKind::AlreadyExists.into()));
    }
    match location.is_some_and(|location| is_same_place(location.store, path)) {
        true => Ok(()),
        false => check(location, path).map(|_| ()),
    }
}

/// Refuses the replies of an unfinished batch and the letters of a finished print run of this store. Without an open store, it is
/// opened for this; a path without a store has none of them.
///
/// # Errors
/// [`Error::Usage`] if it is one; those of the open store.
pub fn refuse_results(location: Option<StoreLocation<'_>>, store: Option<&Store>, path: &Path) -> Result<(), Error> {
    if !fs::metadata(path).is_ok_and(|there| there.is_file()) || descriptor(path).is_some() {
        return Ok(());
    }
    let opened;
    let store = match (store, location) {
        (Some(store), _) => store,
        (None, Some(location)) if location.store.exists() => match Store::open(location) {
            Ok(store) => {
                opened = store;
                &opened
            }
            Err(_) => return Ok(()),
        },
        (None, _) => return Ok(()),
    };
    ReplyFile::refuse_unfinished(path, store)?;
    refuse_letters(store, path)
}

/// Refuses the letters of a finished print run of this store. Only a PDF is read completely.
///
/// # Errors
/// [`Error::Usage`] if it has them; those of the store and of the file.
pub fn refuse_letters(store: &Store, path: &Path) -> Result<(), Error> {
    let mut start = [0; 5];
    let is_pdf = File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"%PDF-";
    match is_pdf {
        true => print_run::refuse_overwrite(store, path, &|feed| read_pieces(path, feed)),
        false => Ok(()),
    }
}

/// Refuses an output that is the input: the file of a path, or an open one such as standard input.
///
/// # Errors
/// The usage error `key`.
pub fn refuse_input(key: &'static str, input: &File, path: &Path) -> Result<(), Error> {
    let (Ok(input), Ok(output)) = (input.metadata(), fs::metadata(path)) else { return Ok(()) };
    let is_same = (input.dev(), input.ino()) == (output.dev(), output.ino());
    match input.is_file() && is_same {
        true => Err(file_error(key, path)),
        false => Ok(()),
    }
}

/// Passes the content of a file to `feed`. Returns whether the file exists.
///
/// # Errors
/// The file can't be read.
pub fn read_pieces(path: &Path, feed: &mut dyn FnMut(&[u8])) -> Result<bool, Error> {
    let fault = |fault| Error::file(path, fault);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(fault(error)),
    };
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece).map_err(fault)? {
            0 => return Ok(true),
            length => feed(&piece[..length]),
        }
    }
}

/// Opens a checked path for writing. A new file, and an existing one, is accessible to its owner only. It is not emptied.
///
/// # Errors
/// The file can't be written.
pub fn open(streams: &Streams, path: &Path, place: Place) -> Result<File, Error> {
    let fault = |fault| Error::file(path, fault);
    if place == Place::Stream {
        return match standard_stream(streams, path) {
            Some(stream) => stream.try_clone().map_err(fault),
            None => OpenOptions::new().append(true).open(path).map_err(fault),
        };
    }
    let file = open_options().read(true).write(true).create(true).truncate(false).open(path).map_err(fault)?;
    file.set_permissions(Permissions::from_mode(0o600)).map_err(fault)?;
    Ok(file)
}

/// Opens a pipe or a device for one document. A pipe needs a reader: waiting for one could take forever.
///
/// # Errors
/// The usage error of a path that is no file, if nothing reads the pipe.
pub fn open_stream(streams: &Streams, path: &Path) -> Result<File, Error> {
    if standard_stream(streams, path).is_some() {
        return open(streams, path, Place::Stream);
    }
    let nonblocking = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let opened = OpenOptions::new().append(true).custom_flags(nonblocking).open(path);
    let file = opened.map_err(|fault| match fault.raw_os_error().map(rustix::io::Errno::from_raw_os_error) {
        Some(rustix::io::Errno::NXIO) => file_error("no-plain-file", path),
        _ => Error::file(path, fault),
    })?;
    // Writing waits for the reader again.
    let flags = rustix::fs::fcntl_getfl(&file).map_err(|fault| Error::file(path, fault.into()))?;
    rustix::fs::fcntl_setfl(&file, flags - rustix::fs::OFlags::NONBLOCK)
        .map_err(|fault| Error::file(path, fault.into()))?;
    Ok(file)
}

/// Returns options that create files with mode 0600 and follow no symbolic link.
fn open_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    options
}

/// A file that keeps its old content until the first byte is written, or until the end if there is none.
pub struct LateFile {
    file: File,
    is_emptied: bool,
}

impl LateFile {
    /// Returns the file. A pipe or a device is never emptied.
    pub fn new(file: File, place: Place) -> LateFile {
        LateFile { file, is_emptied: place == Place::Stream }
    }

    fn empty(&mut self) -> std::io::Result<()> {
        if !self.is_emptied {
            self.file.set_len(0)?;
            self.is_emptied = true;
        }
        Ok(())
    }
}

impl Write for LateFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.empty()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.empty()?;
        self.file.flush()
    }
}

/// Returns the standard stream that a path leads to. Opening it again would give a second position in the same file, and one
/// output would overwrite the other.
fn standard_stream<'a>(streams: &'a Streams, path: &Path) -> Option<&'a File> {
    match descriptor(path)?.to_str()? {
        "1" => Some(&streams.output),
        "2" => Some(&streams.error),
        _ => None,
    }
}

/// Returns the number of the open descriptor that a path leads to: `/dev/stdout`, `/dev/fd/N`, `/proc/self/fd/N`, and links to them.
fn descriptor(path: &Path) -> Option<OsString> {
    let mut path = path.to_owned();
    for _ in 0..16 {
        let name = path.file_name()?;
        let folder = fs::canonicalize(folder_of(&path)).ok()?;
        let mut parts = folder.components().map(|part| part.as_os_str());
        if parts.nth(1).is_some_and(|part| part == "proc") && parts.next_back().is_some_and(|part| part == "fd") {
            return Some(name.to_owned());
        }
        path = folder.join(fs::read_link(folder.join(name)).ok()?);
    }
    None
}

/// Returns the usage error `key` about a file.
pub fn file_error(key: &'static str, path: &Path) -> Error {
    Error::Usage { key, facts: vec![("file", MessageArg::from(printable(&path.to_string_lossy())))] }
}
