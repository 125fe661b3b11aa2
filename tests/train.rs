//! `cuanto train`: the same data gives the same bytes, and what ships has its recipe, its card and its size.
#![expect(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SENTENCES: &str = "Elvira\tB-PER\nSoto\tI-PER\nvive\tO\nen\tO\nVallemar\tB-LOC\n.\tO\n\n\
    La\tO\nCooperativa\tB-ORG\nTelar\tI-ORG\nganó\tO\n3\tO\nmillones\tO\n.\tO\n\n\
    En\tO\nMolina\tB-LOC\n,\tO\nJuan\tB-PER\nSoto\tI-PER\npresentó\tO\nFaro\tB-MISC\n3\tI-MISC\n.\tO\n\n\
    No\tO\nhubo\tO\nacuerdo\tO\n.\tO\n";

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models")
}

fn train(folder: &Path, arguments: &[&str]) -> Output {
    let call = ["train", "ner", "es", "--data", ".", "--models", "models"];
    Command::new(env!("CARGO_BIN_EXE_cuanto")).current_dir(folder).args(call).args(arguments).output().unwrap()
}

/// A folder with a recipe and its data.
fn folder(recipe: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("models/es")).unwrap();
    fs::write(folder.path().join("models/es/recipe.toml"), recipe).unwrap();
    fs::write(folder.path().join("news.conll"), SENTENCES).unwrap();
    folder
}

#[test]
fn a_model_is_the_same_to_the_byte_each_time() {
    let recipe = "memory = true\nleast = 0.0\n[options]\nkeep = 300\n[[train]]\nfile = \"news.conll\"\ntimes = 4\n";
    let bytes: Vec<Vec<u8>> = (0..2)
        .map(|_| {
            let folder = folder(recipe);
            let output = train(folder.path(), &["--test", "news.conll"]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            // It has learned these few sentences.
            let table = String::from_utf8(output.stdout).unwrap();
            let all = table.lines().find(|line| line.starts_with("all")).unwrap();
            assert!(all.split_whitespace().nth(3).unwrap().parse::<f64>().unwrap() > 80.0, "{table}");
            fs::read(folder.path().join("models/es/model.bin")).unwrap()
        })
        .collect();
    assert!(bytes.iter().all(|model| model.len() > 300 && Some(model) == bytes.first()));
}

#[test]
fn measuring_trains_nothing() {
    let folder = folder("test = [\"news.conll\"]\n[[train]]\nfile = \"news.conll\"\n");
    let output = train(folder.path(), &["--measure"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.starts_with("./news.conll: 4 sentences\nclass "), "{table}");
    assert!(!folder.path().join("models/es/model.bin").exists());
}

#[test]
fn what_cannot_be_trained_is_said() {
    for (recipe, says) in [
        ("train = 3", "recipe.toml: "),
        ("[[train]]\nfile = \"none.conll\"", "none.conll"),
        ("clusters = \"none\"\n[[train]]\nfile = \"news.conll\"", "none.bin"),
    ] {
        let output = train(folder(recipe).path(), &[]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(says) && message.trim_end().lines().count() == 1, "{message}");
    }
}

#[test]
fn each_model_has_its_recipe_and_its_card_and_all_fit() {
    let mut total = 0;
    for entry in fs::read_dir(models()).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        let has = |name: &str| files.iter().any(|file| file.ends_with(name));
        assert!(has("README.md"), "{} has no card", folder.display());
        assert!(!has("model.bin") || has("recipe.toml"), "{} has no recipe", folder.display());
        total += files.iter().map(|file| fs::metadata(file).unwrap().len()).sum::<u64>();
    }
    assert!(total <= 25_000_000, "the models have {total} bytes");
}
