//! Lists every file under `packs/` and embeds it as text, so that dropping a file registers it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=packs");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("packs");
    let mut files = Vec::new();
    list(&root, &mut files)?;
    files.sort();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("packs.rs");
    let mut code = io::BufWriter::new(fs::File::create(out)?);
    // All names in one text: one beside each file would bring the file's pages into memory with it.
    let mut names = String::new();
    writeln!(code, "(&[")?;
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let from = names.len();
        names += &name;
        writeln!(code, "({from}, {}, include_str!({:?})),", names.len(), file.display().to_string())?;
    }
    writeln!(code, "], {names:?})")
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "tsv" || e == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
