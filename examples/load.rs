//! Loads every pack and prints what is wrong with it.
fn main() {
    let p = cuanto::pack::Packs::open(cuanto::pack::Source::embedded()).unwrap();
    for l in ["es", "en"] {
        match p.get(l) {
            Ok(k) => println!("{l} ok {}", k.lexicon.len()),
            Err(e) => println!("{e}"),
        }
    }
}
