//! From the named fields of a record to a document, the same for JSON and for tables.
//!
//! `{"url": "https://e.example/1", "body": "cuesta 15 €", "date": 1716451200}` becomes the document `https://e.example/1` of
//! `2024-05-23`. Which names count is the caller's choice ([`ReadOptions`]); fields that nobody asked for are ignored.

use std::borrow::Cow;

use super::{Item, ReadOptions, Rejected, Status, date};
use crate::Document;

/// What a field is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Text,
    Id,
    Date,
    Title,
    Language,
}

/// The fields to pick from each record. A field's place in `slots` is its slot.
#[derive(Debug)]
pub(super) struct Wanted {
    slots: Vec<(Role, String)>,
    /// Longest record in bytes.
    pub limit: usize,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    /// A number as it is written.
    Number(&'a str),
    Null,
    /// Anything else, with its article: `an object`.
    Other(&'static str),
    /// A text that cannot be read, and why.
    Broken(String),
}

/// Where a record stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// Path of the file.
    pub path: &'a str,
    /// Ordinal of the record from 1; `None` where the file is the record.
    pub ordinal: Option<u64>,
    /// Number of its first line from 1; `None` where the file is the record.
    pub line: Option<u64>,
}

impl Place<'_> {
    /// The id of a record that gives none.
    fn id(&self) -> String {
        match self.ordinal {
            Some(ordinal) => format!("{}#{ordinal}", self.path),
            None => self.path.to_owned(),
        }
    }

    /// A row for a record of which nothing could be read.
    pub fn reject(&self, status: Status, reason: &str) -> Item {
        self.row(self.id(), None, status, reason)
    }

    fn row(&self, id: String, title: Option<String>, status: Status, reason: &str) -> Item {
        let reason = match self.line {
            Some(line) => format!("line {line}: {reason}"),
            None => reason.to_owned(),
        };
        Item::Rejected(Rejected { id, source: self.path.to_owned(), title, status, reason })
    }
}

impl Wanted {
    pub fn new(options: &ReadOptions) -> Self {
        let roles = [
            (Role::Text, &options.text_fields),
            (Role::Id, &options.id_fields),
            (Role::Date, &options.date_fields),
            (Role::Title, &options.title_fields),
            (Role::Language, &options.language_fields),
        ];
        let slots = roles.into_iter().flat_map(|(role, names)| names.iter().map(move |name| (role, name.clone())));
        // Spans are u32, so that no document may be longer.
        Self { slots: slots.collect(), limit: options.max_document_bytes.min(u32::MAX as usize) }
    }

    /// The names of the fields, slot by slot. One name may stand in several slots.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().map(|(_, name)| name.as_str())
    }

    /// The number of slots.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether the text may stand in the field `name`.
    pub fn is_text(&self, name: &str) -> bool {
        self.text_fields().any(|wanted| wanted == name)
    }

    /// The names of the fields where the text is looked for, for a message.
    pub fn text_names(&self) -> String {
        self.text_fields().collect::<Vec<_>>().join(", ")
    }

    /// The names of the fields where the text is looked for.
    pub fn text_fields(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().filter(|(role, _)| *role == Role::Text).map(|(_, name)| name.as_str())
    }

    /// The document of a record with these values, or its row. `present` lists the record's fields for a message.
    pub fn item(&self, mut values: Vec<Option<Value<'_>>>, place: Place<'_>, present: impl FnOnce() -> String) -> Item {
        let text = self.text(&mut values, present);
        let id = self.scalars(&values, Role::Id).next().map_or_else(|| place.id(), str::to_owned);
        let title = self.scalars(&values, Role::Title).next().map(str::to_owned);
        match text {
            Err((status, reason)) => place.row(id, title, status, &reason),
            Ok(text) => Item::Document(Document {
                id,
                source: place.path.to_owned(),
                title,
                published: self.scalars(&values, Role::Date).find_map(date::normalize),
                published_by_option: false,
                language: language(self.scalars(&values, Role::Language)),
                text,
            }),
        }
    }

    /// The first text that is not empty, else what is wrong with the fields there are.
    fn text(
        &self,
        values: &mut [Option<Value<'_>>],
        present: impl FnOnce() -> String,
    ) -> Result<String, (Status, String)> {
        let mut trouble = None;
        for ((role, name), value) in self.slots.iter().zip(values) {
            let found = match value {
                Some(value) if *role == Role::Text => value,
                _ => continue,
            };
            let reason = match found {
                Value::Text(text) if !text.trim().is_empty() => {
                    return Ok(std::mem::take(text).into_owned());
                }
                Value::Text(_) | Value::Null => (Status::Skipped, "empty text".to_owned()),
                Value::Number(_) => (Status::Failed, format!("field `{name}` is a number, not a text")),
                Value::Other(what) => (Status::Failed, format!("field `{name}` is {what}, not a text")),
                Value::Broken(why) => (Status::Failed, format!("field `{name}` cannot be read: {why}")),
            };
            // A failure says more than an empty field beside it.
            match &trouble {
                Some((Status::Failed, _)) => {}
                Some(_) if reason.0 == Status::Skipped => {}
                _ => trouble = Some(reason),
            }
        }
        Err(trouble.unwrap_or_else(|| {
            let (tried, present) = (self.text_names(), present());
            (Status::Failed, format!("no text field: tried {tried}; there is {present}; name one with --text-field"))
        }))
    }

    /// The texts and numbers of a role's fields that are not empty, in the order of preference.
    fn scalars<'v>(&'v self, values: &'v [Option<Value<'_>>], role: Role) -> impl Iterator<Item = &'v str> {
        self.slots.iter().zip(values).filter_map(move |((slot, _), value)| match value {
            Some(Value::Text(text)) if *slot == role && !text.trim().is_empty() => Some(text.trim()),
            Some(Value::Number(digits)) if *slot == role => Some(*digits),
            _ => None,
        })
    }
}

/// The first language tag, refined by a later one that agrees in the language and has more subtags.
fn language<'v>(fields: impl Iterator<Item = &'v str>) -> Option<String> {
    let mut chosen: Option<String> = None;
    for tag in fields.filter_map(tag) {
        let refines = chosen.as_ref().is_none_or(|chosen| {
            chosen.split('-').next() == tag.split('-').next() && chosen.split('-').count() < tag.split('-').count()
        });
        if refines {
            chosen = Some(tag);
        }
    }
    chosen
}

/// `text` as a BCP 47 tag in its usual case; a POSIX locale (`es_MX.UTF-8`) is one too. `None` for `Spanish` and `und`.
fn tag(text: &str) -> Option<String> {
    let body = text.split(['.', '@']).next().unwrap_or_default();
    let mut tag = String::with_capacity(body.len());
    for (ordinal, subtag) in body.split(['-', '_']).enumerate() {
        let letters = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        let alphanumeric = subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match (ordinal, subtag.len()) {
            (0, 2..=3) if letters => tag.push_str(&subtag.to_ascii_lowercase()),
            (0, _) | (_, 0 | 9..) => return None,
            _ if !alphanumeric => return None,
            (_, 2) => tag.extend(["-", &subtag.to_ascii_uppercase()]),
            (_, 4) if letters => {
                let (first, rest) = subtag.split_at(1);
                tag.extend(["-", &first.to_ascii_uppercase(), &rest.to_ascii_lowercase()]);
            }
            _ => tag.extend(["-", &subtag.to_ascii_lowercase()]),
        }
    }
    (tag != "und").then_some(tag)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn chosen(fields: &[&str]) -> Option<String> {
        language(fields.iter().copied())
    }

    #[test]
    fn a_locale_refines_the_language_it_agrees_with() {
        assert_eq!(chosen(&["es", "es-MX"]).as_deref(), Some("es-MX"));
        assert_eq!(chosen(&["es", "en-US"]).as_deref(), Some("es"));
        assert_eq!(chosen(&["Spanish", "es_MX.UTF-8"]).as_deref(), Some("es-MX"));
        assert_eq!(chosen(&["ZH_hans_cn"]).as_deref(), Some("zh-Hans-CN"));
        assert_eq!(chosen(&["und", "", "-", "es--MX", "e", "castellano"]), None);
    }

    fn item(values: &[(&str, Value<'static>)]) -> Item {
        let wanted = Wanted::new(&ReadOptions::default());
        let find = |name: &str| values.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone());
        let slots = wanted.names().map(find).collect();
        wanted.item(slots, Place { path: "a.jsonl", ordinal: Some(3), line: Some(4) }, || "foo, bar".to_owned())
    }

    fn reason(item: Item) -> String {
        match item {
            Item::Rejected(row) => format!("{} {} {}", row.id, row.status.as_str(), row.reason),
            Item::Document(document) => panic!("a document: {document:?}"),
        }
    }

    #[test]
    fn the_first_field_with_text_in_it_counts() {
        let text = |text: &'static str| Value::Text(text.into());
        let values =
            [("text", text(" ")), ("body", Value::Null), ("content", text("hola")), ("id", Value::Number("7"))];
        match item(&values) {
            Item::Document(document) => assert_eq!((document.id.as_str(), document.text.as_str()), ("7", "hola")),
            Item::Rejected(row) => panic!("{row:?}"),
        }
    }

    #[test]
    fn a_record_without_text_says_what_is_there() {
        assert_eq!(
            reason(item(&[])),
            "a.jsonl#3 failed line 4: no text field: tried text, body, content, articleBody; there is foo, bar; \
             name one with --text-field"
        );
        assert_eq!(reason(item(&[("text", Value::Null)])), "a.jsonl#3 skipped line 4: empty text");
        let values = [("text", Value::Null), ("body", Value::Other("an object"))];
        assert_eq!(reason(item(&values)), "a.jsonl#3 failed line 4: field `body` is an object, not a text");
    }
}
