//! Picks the wanted fields out of one JSON object without building the rest.
//!
//! Of `{"id": 7, "tags": […], "meta": {"lang": "es"}, "text": "cuesta 15 €"}` with the names `id`, `text` and `meta.lang`
//! three slices of the line are kept; `tags` is passed over. A key that is given twice counts as it is given last.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{
    Item, Status,
    fields::{Place, Value, Wanted},
};

/// Keys that a message lists at most.
const LISTED_KEYS: usize = 12;

/// The item of the record `json`, which should be an object. `line` is where the record begins.
pub(super) fn item(json: &str, wanted: &Wanted, place: Place<'_>) -> Item {
    let names: Vec<_> = wanted.names().enumerate().collect();
    let mut slots = vec![None; wanted.len()];
    if let Err(error) = pick(json, &names, &mut slots) {
        return place.reject(Status::Failed, &not_json(json, &error));
    }
    wanted.item(slots.into_iter().map(|slot| slot.map(value)).collect(), place, || keys(json))
}

/// Whether `json` is one object and nothing else.
pub(super) fn is_object(json: &str) -> bool {
    pick(json, &[], &mut []).is_ok()
}

fn pick<'de>(
    json: &'de str,
    names: &[(usize, &str)],
    slots: &mut [Option<&'de RawValue>],
) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(Fields { names, slots })?;
    deserializer.end()
}

/// serde's message with the place counted inside the record, so that it can stand beside the record's own line.
fn not_json(json: &str, error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    match (error.line(), error.column()) {
        (0, _) => format!("not JSON: {message}"),
        (1, column) if !json.contains('\n') => format!("not JSON: {message} at column {column}"),
        (line, column) => format!("not JSON: {message} at line {line} of the record, column {column}"),
    }
}

fn value(raw: &RawValue) -> Value<'_> {
    let json = raw.get();
    match json.bytes().next() {
        Some(b'"') => match serde_json::from_str::<String>(json) {
            Ok(text) => Value::Text(Cow::Owned(text)),
            Err(error) => Value::Broken(not_json(json, &error)),
        },
        Some(b'{') => Value::Other("an object"),
        Some(b'[') => Value::Other("an array"),
        Some(b't' | b'f') => Value::Other("true or false"),
        Some(b'n') | None => Value::Null,
        Some(_) => Value::Number(json),
    }
}

/// The object's keys, for a message.
fn keys(json: &str) -> String {
    struct Keys(Vec<String>);
    impl<'de> Deserialize<'de> for Keys {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(Self(Vec::new()))
        }
    }
    impl<'de> Visitor<'de> for Keys {
        type Value = Self;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
            while let Some((key, IgnoredAny)) = map.next_entry::<String, _>()? {
                self.0.push(key);
            }
            Ok(self)
        }
    }
    let Keys(mut keys) = serde_json::from_str(json).unwrap_or(Keys(Vec::new()));
    let more = keys.len().saturating_sub(LISTED_KEYS);
    keys.truncate(LISTED_KEYS);
    match (keys.is_empty(), more) {
        (true, _) => "no field at all".to_owned(),
        (_, 0) => keys.join(", "),
        _ => format!("{} and {more} more", keys.join(", ")),
    }
}

/// Fills the slots of the names that the object's keys match.
struct Fields<'n, 's, 'de> {
    names: &'n [(usize, &'n str)],
    slots: &'s mut [Option<&'de RawValue>],
}

impl<'de> Visitor<'de> for Fields<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key { names: self.names })? {
            let Some(key) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let raw: &'de RawValue = map.next_value()?;
            let mut inner = Vec::new();
            for &(slot, name) in self.names {
                match name.strip_prefix(key.as_ref()) {
                    Some("") => {
                        if let Some(slot) = self.slots.get_mut(slot) {
                            *slot = Some(raw);
                        }
                    }
                    Some(rest) => inner.extend(rest.strip_prefix('.').map(|rest| (slot, rest))),
                    None => {}
                }
            }
            if !inner.is_empty() && raw.get().starts_with('{') {
                pick(raw.get(), &inner, self.slots).map_err(serde::de::Error::custom)?;
            }
        }
        Ok(())
    }
}

/// Reads a key: itself if some name begins with it, `None` if it is not wanted.
struct Key<'n> {
    names: &'n [(usize, &'n str)],
}

impl Key<'_> {
    fn is_wanted(&self, key: &str) -> bool {
        self.names
            .iter()
            .any(|(_, name)| name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(self.is_wanted(key).then_some(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.is_wanted(key).then(|| Cow::Owned(key.to_owned())))
    }
}
