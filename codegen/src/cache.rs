//! Caches the clients of specs, for a program that generates whenever a spec changes.

use std::collections::BTreeMap;
use std::mem;

use crate::generate::{Client, Generated, assemble, generate_client};
use crate::package::Package;
use crate::progress::{Observer, observed};
use openapi::Findings;
use openapi::policy::Policy;
use openapi::source::SpecSource;

/// The clients of the last generation, by path of the spec, and the package that they were
/// generated for.
#[derive(Debug, Default)]
pub struct Cache {
    package: Package,
    clients: BTreeMap<String, Client>,
}

impl Cache {
    /// Does the same as [`generate`](crate::generate) for the specs of a workspace, but only specs
    /// that have changed since the last time go through the stages. Clients of removed specs are
    /// dropped, and all clients if the package has changed. Tells `observer` which specs go through
    /// the stages.
    ///
    /// # Errors
    /// Returns the findings of all specs if there is an error in one of them.
    pub fn generate(
        &mut self,
        package: &Package,
        sources: Vec<SpecSource>,
        observer: Observer<'_>,
    ) -> Result<Generated, Vec<Findings>> {
        let mut before = mem::take(&mut self.clients);
        if self.package != *package {
            before.clear();
            self.package = package.clone();
        }
        assemble(package, sources, |sources| {
            let client_of = |source: SpecSource| {
                let known =
                    before.remove(&source.path).filter(|client| client.findings.source == source);
                let path = source.path.clone();
                let generate = || generate_client(package, source, Policy::Refuse);
                let client = known.unwrap_or_else(|| observed(observer, &path, generate));
                self.clients.insert(client.findings.source.path.clone(), client.clone());
                client
            };
            sources.into_iter().map(client_of).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;
    use crate::generate;
    use crate::package::Package;
    use crate::progress::ignored;
    use openapi::policy::Policy;
    use openapi::source::SpecSource;

    const SPEC: &str = r#"{"openapi": "3.0.3", "info": {"title": "Widgets", "version": "1"}, "paths": {"/widgets": {"get":
        {"operationId": "list_widgets", "responses": {"200": {"description": "All widgets."}}}}}}"#;

    /// Generates with and without the cache and compares the results. Returns the number of cached
    /// specs.
    fn check(cache: &mut Cache, specs: &[(&str, &str)]) -> usize {
        let sources = || {
            specs
                .iter()
                .map(|(name, text)| SpecSource::new(format!("specs/{name}.yaml"), *text))
                .collect()
        };
        let package = Package::default();
        match (
            cache.generate(&package, sources(), &ignored),
            generate(&package, sources(), Policy::Refuse),
        ) {
            (Ok(one), Ok(other)) => {
                assert!(one.files == other.files);
                let names = |apis: &[crate::lower::Lowered]| {
                    apis.iter().map(|one| one.api.title.clone()).collect::<Vec<_>>()
                };
                assert_eq!(names(&one.apis), names(&other.apis));
                assert_eq!(format!("{:?}", one.warnings), format!("{:?}", other.warnings));
            }
            (Err(one), Err(other)) => assert_eq!(format!("{one:?}"), format!("{other:?}")),
            (one, other) => panic!("with cache {}, without {}", one.is_ok(), other.is_ok()),
        }
        cache.clients.len()
    }

    #[test]
    fn cache_makes_no_difference_when_specs_change_break_come_and_go() {
        let (other, broken) = (SPEC.replace("Widgets", "Gadgets"), SPEC.replace("info", "infos"));
        let mut cache = Cache::default();
        assert_eq!(check(&mut cache, &[("widgets", SPEC)]), 1);
        assert_eq!(check(&mut cache, &[("widgets", SPEC), ("gadgets", &other)]), 2);
        assert_eq!(check(&mut cache, &[("widgets", &other), ("gadgets", &other)]), 2);
        assert_eq!(check(&mut cache, &[("widgets", &broken), ("gadgets", &other)]), 2);
        assert_eq!(check(&mut cache, &[("widgets", SPEC), ("gadgets", &other)]), 2);
        assert_eq!(check(&mut cache, &[("gadgets", SPEC)]), 1);
        assert_eq!(
            check(&mut cache, &[("gadgets", SPEC), ("widgets.api", SPEC), ("widgets", SPEC)]),
            2
        );
    }

    #[test]
    fn a_spec_that_is_the_same_is_not_gone_through_again() {
        let source = || vec![SpecSource::new("specs/widgets.yaml", SPEC)];
        let mut cache = Cache::default();
        let mut package = Package::default();
        assert!(cache.generate(&package, source(), &ignored).is_ok());
        let remembered =
            cache.clients.get_mut("specs/widgets.yaml").expect("the spec is remembered");
        remembered
            .output
            .as_mut()
            .expect("the spec is good")
            .module
            .files
            .insert("mark".to_owned(), String::new());
        let again = cache
            .generate(&package, source(), &ignored)
            .unwrap_or_else(|found| panic!("{found:?}"));
        assert!(again.files.contains_key("mark"));
        package.description.push_str(" And more.");
        let other = cache
            .generate(&package, source(), &ignored)
            .unwrap_or_else(|found| panic!("{found:?}"));
        assert!(!other.files.contains_key("mark"), "the files of a client depend on the package");
    }
}
