//! Embeds every file under `packs/` as text and every `models/**/*.bin` as bytes, so that dropping a file registers it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    // Where torch-sys found libtorch, so that the program finds it there too.
    if let Ok(libtorch) = std::env::var("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{libtorch}");
    }
    packs(&root.join("packs"), &out.join("packs.rs"))?;
    models(&root.join("models"), &out.join("models.rs"))
}

fn models(root: &Path, out: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed=models");
    let mut code = io::BufWriter::new(fs::File::create(out)?);
    writeln!(code, "&[")?;
    for file in files(root, &["bin"])? {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        // FNV-1a, of 64 bits: to tell models apart, not to guard them.
        let hash = fs::read(&file)?
            .iter()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
        writeln!(code, "({name:?}, \"{hash:016x}\", include_bytes!({:?})),", file.display().to_string())?;
    }
    writeln!(code, "]")
}

fn packs(root: &Path, out: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed=packs");
    let mut code = io::BufWriter::new(fs::File::create(out)?);
    // All names in one text: one beside each file would bring the file's pages into memory with it.
    let mut names = String::new();
    writeln!(code, "(&[")?;
    for file in files(root, &["tsv", "toml"])? {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let from = names.len();
        names += &name;
        writeln!(code, "({from}, {}, include_str!({:?})),", names.len(), file.display().to_string())?;
    }
    writeln!(code, "], {names:?})")
}

/// The files below a folder with one of these extensions, sorted.
fn files(folder: &Path, extensions: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    list(folder, extensions, &mut found)?;
    found.sort();
    Ok(found)
}

fn list(folder: &Path, extensions: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, extensions, files)?;
        } else if path.extension().is_some_and(|e| extensions.iter().any(|known| e == *known)) {
            println!("cargo:rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
