//! How values of parameters become text.

use crate::secrets::SecretString;

/// How a list of values is written (`explode` of an OpenAPI parameter).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explode {
    /// Once per value: `scope=a&scope=b`.
    Yes,
    /// All values in one, with commas between: `scope=a,b`.
    No,
}

/// A value that a path, query or header parameter can have.
pub trait ParameterValue {
    /// Hands the text of the value to `write`, or of each value of a list.
    fn each(&self, write: &mut dyn FnMut(&str));
}

impl ParameterValue for str {
    fn each(&self, write: &mut dyn FnMut(&str)) {
        write(self);
    }
}

impl ParameterValue for String {
    fn each(&self, write: &mut dyn FnMut(&str)) {
        write(self);
    }
}

impl ParameterValue for SecretString {
    fn each(&self, write: &mut dyn FnMut(&str)) {
        write(self.expose_secret());
    }
}

macro_rules! by_to_string {
    ($($scalar:ty),*) => {$(
        impl ParameterValue for $scalar {
            fn each(&self, write: &mut dyn FnMut(&str)) {
                write(&self.to_string());
            }
        }
    )*};
}
by_to_string!(bool, f32, f64, i32, i64, u32, u64);

impl<T: ParameterValue> ParameterValue for [T] {
    fn each(&self, write: &mut dyn FnMut(&str)) {
        for value in self {
            value.each(write);
        }
    }
}

/// An absent value has no text.
impl<T: ParameterValue> ParameterValue for Option<T> {
    fn each(&self, write: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.each(write);
        }
    }
}

impl<T: ParameterValue + ?Sized> ParameterValue for &T {
    fn each(&self, write: &mut dyn FnMut(&str)) {
        (**self).each(write);
    }
}
