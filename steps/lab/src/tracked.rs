//! A list that remembers which of its entries may have been changed.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// Entries in their order. Who is handed one to change, changes it, as far as the list knows.
#[derive(Debug, Clone)]
pub struct Tracked<T> {
    entries: Vec<T>,
    touched: BTreeSet<usize>,
}

impl<T> Tracked<T> {
    /// An entry, to be changed.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.touched.insert(index);
        self.entries.get_mut(index)
    }

    /// The entries that may have been changed since this was last asked.
    pub(crate) fn take_touched(&mut self) -> BTreeSet<usize> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.retain(|it| *it < self.entries.len());
        touched
    }
}

impl<T> Default for Tracked<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Tracked<T> {
    fn from(entries: Vec<T>) -> Self {
        let touched = (0..entries.len()).collect();
        Self { entries, touched }
    }
}

impl<T> Deref for Tracked<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.entries
    }
}

impl<T> DerefMut for Tracked<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.touched.extend(0..self.entries.len());
        &mut self.entries
    }
}

impl<T> Index<usize> for Tracked<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.entries[index]
    }
}

impl<T> IndexMut<usize> for Tracked<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.touched.insert(index);
        &mut self.entries[index]
    }
}

impl<'t, T> IntoIterator for &'t Tracked<T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<'t, T> IntoIterator for &'t mut Tracked<T> {
    type Item = &'t mut T;
    type IntoIter = std::slice::IterMut<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_handed_out_to_be_changed_is_touched() {
        let mut list = Tracked::from(vec![1, 2, 3]);
        assert_eq!(list.take_touched(), [0, 1, 2].into());
        assert_eq!(list[0] + list.iter().sum::<i32>(), 7);
        assert!(list.take_touched().is_empty());
        list[2] += 1;
        assert_eq!(list.get_mut(9), None);
        assert_eq!(list.take_touched(), [2].into());
        for entry in &mut list {
            *entry += 1;
        }
        assert_eq!(list.take_touched().len(), 3);
    }
}
