//! The files of a run, one after another, as one stream of items.
//!
//! `news/` with `a.txt`, a PDF and a `c.jsonl` of two lines gives four items: a document, a `skipped` row and two
//! documents. A file that cannot be opened, or vanished since it was listed, is a `failed` row; the next file follows.

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    Item, ReadOptions, Rejected, Status, encoding,
    encoding::{Charset, TextDecoder, Transcoded},
    fields::{Place, Wanted},
    format::{self, Opened, Probe},
    plan::Entry,
    stream::{BUFFER_BYTES, Bytes, Counted, Stream},
};

/// What a row says of formats that we do not read.
const READABLE: &str = "plain text, JSON Lines, JSON, CSV and TSV are read, also in gzip";

/// Where a file's bytes come from.
#[derive(Debug)]
pub(super) enum Origin {
    File(PathBuf),
    Stdin,
    /// From nowhere: it failed when it was listed.
    Rejected(Rejected),
}

/// The items of all inputs, in order. Made by [`Inputs::items`](super::Inputs::items).
pub struct Items {
    entries: std::vec::IntoIter<Entry>,
    current: Option<Current>,
    wanted: Arc<Wanted>,
    progress: Arc<AtomicU64>,
    left: u64,
}

/// The file that is being read.
struct Current {
    path: String,
    size: Option<u64>,
    read: Arc<AtomicU64>,
    items: format::Items,
    count: u64,
}

impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("current", &self.current.as_ref().map(|current| &current.path))
            .field("waiting", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl Items {
    pub(super) fn new(entries: Vec<Entry>, progress: Arc<AtomicU64>, options: &ReadOptions) -> Self {
        Self {
            entries: entries.into_iter(),
            current: None,
            wanted: Arc::new(Wanted::new(options)),
            progress,
            left: options.limit.unwrap_or(u64::MAX),
        }
    }

    fn open(&self, entry: Entry) -> Current {
        let read = Arc::<AtomicU64>::default();
        let items = match entry.origin {
            Origin::Rejected(row) => one(Item::Rejected(row)),
            Origin::Stdin => read_from(&entry.path, self.counted(io::stdin(), &read), &self.wanted),
            Origin::File(path) => match File::open(path) {
                Ok(file) => read_from(&entry.path, self.counted(file, &read), &self.wanted),
                Err(error) => one(whole(&entry.path).reject(Status::Failed, &format!("cannot be opened: {error}"))),
            },
        };
        Current { path: entry.path, size: entry.size, read, items, count: 0 }
    }

    fn counted<R: Read + Send + 'static>(&self, inner: R, file: &Arc<AtomicU64>) -> Bytes {
        let counted = Counted { inner, file: Arc::clone(file), run: Arc::clone(&self.progress) };
        Box::new(BufReader::with_capacity(BUFFER_BYTES, counted))
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.left == 0 {
            return None;
        }
        loop {
            let mut current = match self.current.take() {
                Some(current) => current,
                None => {
                    let entry = self.entries.next()?;
                    self.open(entry)
                }
            };
            let item = match current.items.next() {
                Some(item) => {
                    current.count += 1;
                    self.current = Some(current);
                    item
                }
                None => {
                    // What was not read of the file (a skipped one, the rest after a break) counts as done.
                    let unread = current.size.unwrap_or(0).saturating_sub(current.read.load(Ordering::Relaxed));
                    self.progress.fetch_add(unread, Ordering::Relaxed);
                    if current.count > 0 {
                        continue;
                    }
                    whole(&current.path).reject(Status::Skipped, "there is no record in it")
                }
            };
            self.left -= 1;
            return Some(item);
        }
    }
}

/// The place of a file as a whole.
fn whole(path: &str) -> Place<'_> {
    Place { path, ordinal: None, line: None }
}

fn one(item: Item) -> format::Items {
    Box::new(std::iter::once(item))
}

/// Unpacks, decodes and tells the format of `raw`, and begins to read it.
fn read_from(path: &str, raw: Bytes, wanted: &Arc<Wanted>) -> format::Items {
    let mut stream = Stream::unpacked(raw);
    let reject = |status, reason: &str| one(whole(path).reject(status, reason));
    let refuse = |what: &str| reject(Status::Skipped, &format!("{what} is not read; {READABLE}"));
    if stream.prefix().is_empty() {
        return match stream.fill_buf() {
            Ok(_) => reject(Status::Skipped, "empty file"),
            Err(error) => reject(Status::Failed, &format!("cannot be read: {error}")),
        };
    }
    if let Some(what) = format::foreign(stream.prefix()) {
        return refuse(what);
    }
    let (charset, mark) = encoding::detect(stream.prefix(), stream.is_whole());
    if let Charset::Unreadable(what) = charset {
        return refuse(what);
    }
    let extension = format::extension(path);
    let start = stream.prefix().get(mark..).unwrap_or_default().to_vec();
    let text = format::glimpse(&start, &charset);
    if let Some(what) = format::markup(&text, &extension) {
        return refuse(what);
    }
    let probe = Probe { extension: &extension, text: &text, whole: stream.is_whole(), wanted };
    let Some(reader) = format::choose(&probe) else {
        return refuse("this");
    };
    stream.consume(mark);
    let (bytes, decoder): (Bytes, _) = match charset {
        Charset::Wide(encoding) => (Box::new(Transcoded::new(stream, encoding)), TextDecoder::default()),
        Charset::Ascii(decoder) => (Box::new(stream), decoder),
        Charset::Unreadable(what) => return refuse(what),
    };
    reader.open(&probe, Opened { path: path.to_owned(), bytes, decoder, wanted: Arc::clone(wanted) })
}
