//! Values of parameters as strings.

use crate::secrets::SecretString;

/// The `explode` of an OpenAPI parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explode {
    /// One pair for each item of an array or property of an object: `scope=a&scope=b`.
    Yes,
    /// One pair with the whole value: `scope=a,b`.
    No,
}

/// A value of a path, query or header parameter.
pub trait ParameterValue {
    /// Calls `write` with the value as a string, or with each item of an array.
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

/// An absent value writes nothing.
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
