//! Documents in batches, bounded in number and in bytes.
//!
//! 300 short articles make batches of 128, 128 and 44; an article of 200 MB makes a batch with those before it.

use crate::archive::Item;

/// Most documents of a batch.
pub(super) const MAX_DOCUMENTS: usize = 128;

/// A batch that holds as many bytes of text takes no further document.
const MAX_BYTES: usize = 2 << 20;

/// Groups the items of an archive, in their order.
pub(super) struct Batches<I> {
    items: I,
}

impl<I: Iterator<Item = Item>> Batches<I> {
    pub(super) fn new(items: I) -> Self {
        Self { items }
    }
}

impl<I: Iterator<Item = Item>> Iterator for Batches<I> {
    type Item = Vec<Item>;

    fn next(&mut self) -> Option<Vec<Item>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < MAX_DOCUMENTS && bytes < MAX_BYTES {
            let Some(item) = self.items.next() else { break };
            if let Item::Document(doc) = &item {
                bytes += doc.text.len();
            }
            batch.push(item);
        }
        (!batch.is_empty()).then_some(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn sizes(texts: impl Iterator<Item = usize>) -> Vec<usize> {
        let items = texts.map(|n| Item::Document(Document { text: "x".repeat(n), ..Document::default() }));
        Batches::new(items).map(|batch| batch.len()).collect()
    }

    #[test]
    fn batches_are_bounded_by_documents_and_by_bytes() {
        assert_eq!(sizes(std::iter::repeat_n(10, 300)), [128, 128, 44]);
        assert_eq!(sizes([10, MAX_BYTES, 10, 10].into_iter()), [2, 2]);
        assert_eq!(sizes(std::iter::empty()), [0; 0]);
    }
}
