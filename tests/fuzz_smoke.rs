//! The fuzz targets on stable Rust: the sample articles and the packs' own files, mutated for a bounded time.
//!
//! `CUANTO_FUZZ_SECONDS=60 cargo test --test fuzz_smoke` runs each target for a minute (a second where not set). A failure
//! prints the round that failed; the mutations are the same in every run. The real thing: `cargo +nightly fuzz run quantity`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    reason = "a test may panic and print"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../fuzz/src/bodies.rs"]
mod bodies;

/// A small generator (xorshift64*): tests need the same bytes every time, not good ones.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }
}

/// Pieces that meet the readers' harder branches.
const PIECES: [&str; 40] = [
    "1.234,5",
    "1,234.5",
    "12 34 567",
    "½",
    "3/4",
    "1e999999",
    "-",
    "−",
    "€",
    "$",
    "%",
    "km/h",
    " millones ",
    " billion ",
    "\u{a0}",
    "\u{2009}",
    "\u{0}",
    "\r\n",
    "\n",
    "\t",
    "|",
    "\"",
    "{\"text\":",
    "}",
    "[",
    "\u{feff}",
    "٣",
    "９",
    "百",
    "𝟗",
    "e\u{301}",
    "ı",
    "ﬁ",
    " y ",
    " and ",
    "<q>",
    "{article}?",
    "/v",
    " de ",
    "99999999999999999999999999999999999999999",
];

fn mutated(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let start = random.below(seed.len());
    let length = 1 + random.below(600);
    let mut data = seed[start..(start + length).min(seed.len())].to_vec();
    for _ in 0..random.below(8) {
        let at = random.below(data.len() + 1);
        match random.below(5) {
            0 if at < data.len() => data[at] = random.below(256) as u8,
            1 => drop(data.splice(at..at, [random.below(256) as u8])),
            2 => {
                let end = (at + random.below(20)).min(data.len());
                data.drain(at..end);
            }
            3 => {
                let end = (at + random.below(30)).min(data.len());
                let again = data[at..end].to_vec();
                data.splice(at..at, again);
            }
            _ => drop(data.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
        }
    }
    data
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect()
}

fn run(target: fn(&[u8]), seeds: &[Vec<u8>]) {
    let seconds = std::env::var("CUANTO_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut random = Random(0x5eed);
    for round in 0.. {
        if Instant::now() >= until {
            eprintln!("{round} rounds");
            break;
        }
        let data = mutated(&seeds[round % seeds.len()], &mut random);
        if let Err(panic) = std::panic::catch_unwind(|| target(&data)) {
            eprintln!("round {round} failed on these bytes: {:?}", String::from_utf8_lossy(&data));
            std::panic::resume_unwind(panic);
        }
    }
}

fn articles() -> Vec<Vec<u8>> {
    [files("seeds/es"), files("seeds/en")].concat()
}

#[test]
fn tokenizer() {
    run(bodies::tokenizer, &articles());
}

#[test]
fn numeral() {
    run(bodies::numeral, &articles());
}

#[test]
fn quantity() {
    run(bodies::quantity, &articles());
}

#[test]
fn archive() {
    let json =
        "{\"id\": \"a1\", \"text\": \"Cuesta 15 €.\", \"date\": \"2024-05-23\"}\n{\"text\": null}\n[1, 2]\n".repeat(4);
    let csv = "id;text;lang\n1;\"Son 3,5 km; nada más\";es\n2;\"two miles\";en\n".repeat(4);
    run(bodies::archive, &[articles(), vec![json.into_bytes(), csv.into_bytes()]].concat());
}

#[test]
fn pack() {
    // The first byte picks the file that the bytes stand for.
    let seeds: Vec<Vec<u8>> = [files("packs"), files("packs/es")].concat();
    let seeds: Vec<Vec<u8>> =
        (0u8..12).flat_map(|pick| seeds.iter().map(move |seed| [&[pick], seed.as_slice()].concat())).collect();
    run(bodies::pack, &seeds);
}
