//! External sort of any number of rows by NISS. Rows that fit into memory are sorted there. Of more rows, each part
//! that fits is sorted and written to a file, and the parts are merged. All reads and writes are sequential.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::store::connection;

/// The maximum size of packed records in memory, in bytes.
const MAX_IN_MEMORY: usize = 64 << 20;

/// The number of bytes per read of a sorted part.
const READ_CHUNK: usize = 256 << 10;

/// The size of the NISS and the length before each packed record in the file, in bytes.
const ROW_HEADER: usize = 12;

/// The position of a record: its NISS, its block and its range there.
struct RowRef {
    niss: u64,
    block: u32,
    at: Range<u32>,
}

/// The unsorted rows in memory and the sorted parts in the file.
pub struct ExternalSorter {
    store: PathBuf,
    held: usize,
    most: usize,
    blocks: Vec<Vec<u8>>,
    places: Vec<RowRef>,
    file: Option<File>,
    written: Vec<Range<u64>>,
}

impl ExternalSorter {
    /// Creates a sorter for the rows of the store at `store`. Its file, if needed, is created beside the store.
    pub fn new(store: PathBuf) -> ExternalSorter {
        ExternalSorter::holding(MAX_IN_MEMORY, store)
    }

    fn holding(most: usize, store: PathBuf) -> ExternalSorter {
        ExternalSorter { store, held: 0, most, blocks: vec![], places: vec![], file: None, written: vec![] }
    }

    /// Adds packed records with the NISS and the range of each.
    ///
    /// # Errors
    /// Fails if the file can't be created or written.
    pub fn add(&mut self, packed: Vec<u8>, rows: impl Iterator<Item = (Niss, Range<u32>)>) -> Result<(), Error> {
        let block = self.blocks.len() as u32;
        let before = self.places.len();
        self.places.extend(rows.map(|(niss, at)| RowRef { niss: niss.as_i64().unsigned_abs(), block, at }));
        self.held += packed.capacity() + (self.places.len() - before) * size_of::<RowRef>();
        self.blocks.push(packed);
        if self.held > self.most { self.write().map_err(connection::write_error) } else { Ok(()) }
    }

    /// Sorts the rows in memory, writes them to the file and clears the memory.
    fn write(&mut self) -> io::Result<()> {
        let from = self.written.last().map_or(0, |part| part.end);
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(connection::temp_name(&self.store)?),
        };
        self.places.sort_unstable_by_key(|place| place.niss);
        let (mut to, mut until) = (BufWriter::with_capacity(READ_CHUNK, file), from);
        for place in self.places.drain(..) {
            let packed = &self.blocks[place.block as usize][place.at.start as usize..place.at.end as usize];
            to.write_all(&place.niss.to_le_bytes())?;
            to.write_all(&(packed.len() as u32).to_le_bytes())?;
            to.write_all(packed)?;
            until += (ROW_HEADER + packed.len()) as u64;
        }
        to.flush()?;
        self.written.push(from..until);
        self.blocks.clear();
        self.held = 0;
        Ok(())
    }

    /// Returns all rows in the order of NISS.
    ///
    /// # Errors
    /// Fails if the file can't be written or read.
    pub fn merge(mut self) -> Result<SortedRows, Error> {
        self.places.sort_unstable_by_key(|place| place.niss);
        if self.file.is_some() && !self.places.is_empty() {
            self.write().map_err(connection::write_error)?;
        }
        let mut merge = SortedRows {
            places: self.places.into_iter(),
            blocks: self.blocks,
            parts: self.written.into_iter().map(SortedRun::new).collect(),
            file: self.file,
            first: BinaryHeap::new(),
        };
        for part in 0..merge.parts.len() {
            merge.look(part)?;
        }
        Ok(merge)
    }
}

/// A batch of sorted rows.
#[derive(Default)]
pub struct RowBatch {
    packed: Vec<u8>,
    rows: Vec<(Niss, u32)>,
}

impl RowBatch {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns the NISS and the packed record of each row.
    pub fn rows(&self) -> impl Iterator<Item = (Niss, &[u8])> {
        self.rows.iter().scan(0, |from, (niss, until)| {
            let packed = &self.packed[*from as usize..*until as usize];
            *from = *until;
            Some((*niss, packed))
        })
    }

    fn add(&mut self, niss: u64, packed: &[u8]) -> Result<(), Error> {
        let niss = i64::try_from(niss).ok().and_then(Niss::from_i64);
        self.packed.extend_from_slice(packed);
        self.rows.push((niss.ok_or_else(altered)?, self.packed.len() as u32));
        Ok(())
    }
}

/// All rows in order, from memory or from the file.
pub struct SortedRows {
    places: std::vec::IntoIter<RowRef>,
    blocks: Vec<Vec<u8>>,
    parts: Vec<SortedRun>,
    file: Option<File>,
    first: BinaryHeap<Reverse<(u64, usize)>>,
}

impl SortedRows {
    /// Returns the next rows, at most `most`. The batch is empty at the end.
    ///
    /// # Errors
    /// Fails if the file can't be read.
    pub fn group(&mut self, most: usize) -> Result<RowBatch, Error> {
        let mut group = RowBatch::default();
        for place in self.places.by_ref().take(most) {
            let packed = &self.blocks[place.block as usize][place.at.start as usize..place.at.end as usize];
            group.add(place.niss, packed)?;
        }
        while group.len() < most {
            let Some(Reverse((niss, part))) = self.first.pop() else { break };
            group.add(niss, self.parts[part].packed()?)?;
            self.look(part)?;
        }
        Ok(group)
    }

    /// Adds the next row of a part to the merge heap.
    fn look(&mut self, part: usize) -> Result<(), Error> {
        let Some(file) = &self.file else { return Ok(()) };
        let niss = self.parts[part].next(file).map_err(Error::StoreUnreadable)?;
        self.first.extend(niss.map(|niss| Reverse((niss, part))));
        Ok(())
    }
}

/// A sorted part of the file, with a piece of it in memory.
struct SortedRun {
    left: Range<u64>,
    piece: Vec<u8>,
    record: Range<usize>,
}

impl SortedRun {
    fn new(left: Range<u64>) -> SortedRun {
        SortedRun { left, piece: vec![], record: 0..0 }
    }

    /// Advances to the next row and returns its NISS.
    fn next(&mut self, file: &File) -> io::Result<Option<u64>> {
        let from = self.record.end;
        let Some(head) = self.have(from, ROW_HEADER, file)? else { return Ok(None) };
        let from = head.end;
        let (niss, length) = self.piece[head].split_at(8);
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let (niss, length) = (number(niss), number(length) as usize);
        self.record = self.have(from, length, file)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(Some(niss))
    }

    /// Loads a range of bytes into memory and returns its position there; `None` at the end of the part.
    fn have(&mut self, from: usize, length: usize, file: &File) -> io::Result<Option<Range<usize>>> {
        if from + length <= self.piece.len() {
            return Ok(Some(from..from + length));
        }
        self.piece.drain(..from);
        let stored = self.piece.len();
        let more = (self.left.end - self.left.start).min((READ_CHUNK.max(length)) as u64) as usize;
        self.piece.resize(stored + more, 0);
        file.read_exact_at(&mut self.piece[stored..], self.left.start)?;
        self.left.start += more as u64;
        match self.piece.len() {
            0 => Ok(None),
            have if have < length => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(Some(0..length)),
        }
    }

    fn packed(&self) -> Result<&[u8], Error> {
        self.piece.get(self.record.clone()).ok_or_else(altered)
    }
}

fn altered() -> Error {
    Error::Bug("sorted row is malformed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorts rows in memory, or through as many parts as there are blocks.
    fn sorted(most: usize, rows: &[(Niss, Vec<u8>)], by: usize) -> Vec<(Niss, Vec<u8>)> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut runs = ExternalSorter::holding(most, folder.path().join("store.db"));
        for block in rows.chunks(by) {
            let mut until = 0;
            let places = block.iter().map(|(niss, packed)| {
                let from = until;
                until += packed.len() as u32;
                (*niss, from..until)
            });
            let packed = block.iter().flat_map(|(_, packed)| packed.clone()).collect();
            runs.add(packed, places).expect("added");
        }
        assert_eq!(runs.file.is_some(), most == 0 && !rows.is_empty());
        let left = std::fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 0, "the file has no name");
        let mut merge = runs.merge().expect("merged");
        let groups = std::iter::from_fn(|| Some(merge.group(7).expect("a group")).filter(|group| group.len() > 0));
        groups
            .flat_map(|group| group.rows().map(|(niss, packed)| (niss, packed.to_vec())).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn rows_are_sorted_in_memory_and_through_the_file() {
        let niss = |n: u64| {
            let ten = 1_000_000_000 + n * 736_338_717 % 1_000_000_000;
            (0..10).find_map(|digit| format!("{ten}{digit}").parse().ok()).expect("one digit fits")
        };
        // Some records are longer than one read.
        let long = |n: u64| if n.is_multiple_of(40) { READ_CHUNK + n as usize } else { n as usize % 100 };
        let rows: Vec<(Niss, Vec<u8>)> = (0..100).map(|n| (niss(n), vec![n as u8; long(n)])).collect();
        let mut expected = rows.clone();
        expected.sort();
        for by in [1, 9, 100] {
            assert!(sorted(usize::MAX, &rows, by) == expected, "in memory, {by} a block");
            assert!(sorted(0, &rows, by) == expected, "in the file, {by} a block");
        }
        assert_eq!(sorted(0, &[], 1_usize).len(), 0);
    }
}
