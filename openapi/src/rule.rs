//! The rules for documents: their ids, severities and groups. Each one is explained by a page in
//! `openapi/rules/`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::nearest;

/// The severity of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A client is generated, but it may not be what was meant.
    Warning,
    /// No client is generated.
    Error,
}

impl Severity {
    /// Returns the word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The source text as YAML.
    Yaml,
    /// The document as OpenAPI 3.0.
    OpenApi,
    /// Shapes that the generator cannot generate a correct client for.
    Generator,
    /// The safe handling of secrets.
    Safety,
    /// The completeness of a spec in comparison with the vendor's page.
    Transcription,
    /// The Rust API of the client.
    Rust,
    /// The rest: bugs of the generator itself, acceptances, and the manifest.
    Tool,
}

impl Group {
    /// Returns true if the rules apply only to the specs of this workspace, and not to vendors'
    /// documents.
    #[must_use]
    pub fn is_for_specs_alone(self) -> bool {
        matches!(self, Self::Safety | Self::Transcription | Self::Rust)
    }

    /// Returns the name that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::OpenApi => "OpenAPI",
            Self::Generator => "generator",
            Self::Safety => "client safety",
            Self::Transcription => "transcription",
            Self::Rust => "Rust surface",
            Self::Tool => "tool",
        }
    }
}

macro_rules! rules {
    ($($group:ident { $($rule:ident $severity:ident $id:literal,)* })*) => {
        /// A rule for documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "the file of the rule explains it")]
        pub enum Rule {
            $($($rule,)*)*
        }

        impl Rule {
            /// All rules, by group.
            pub const ALL: &[Self] = &[$($(Self::$rule,)*)*];

            /// Returns the name in reports and acceptances, in kebab case.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $($(Self::$rule => $id,)*)* }
            }

            /// Returns the severity of its findings.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $($(Self::$rule => Severity::$severity,)*)* }
            }

            /// Returns its subject.
            #[must_use]
            pub fn group(self) -> Group {
                match self { $($(Self::$rule => Group::$group,)*)* }
            }

            /// Returns its page in `openapi/rules/`, in Markdown: an explanation with examples.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $($(Self::$rule => include_str!(concat!("../rules/", $id, ".md")),)*)* }
            }
        }
    };
}

rules! {
    Yaml {
        NotUtf8 Error "not-utf8",
        ByteOrderMark Error "byte-order-mark",
        ControlCharacter Error "control-character",
        Syntax Error "syntax",
        Empty Error "empty",
        SeveralDocuments Error "several-documents",
        TooDeep Error "too-deep",
        DuplicateKey Error "duplicate-key",
        KeyNotString Error "key-not-string",
        Anchor Error "anchor",
        Alias Error "alias",
        CoreTag Error "core-tag",
        Tag Error "tag",
        MergeKey Error "merge-key",
        RunawayAlias Error "runaway-alias",
        NumberNotFinite Error "number-not-finite",
        TabIndentation Error "tab-indentation",
        NoBreakSpace Error "no-break-space",
        TruncatedString Warning "truncated-string",
        AmbiguousScalar Warning "ambiguous-scalar",
    }
    OpenApi {
        FileName Error "file-name",
        NotAnObject Error "not-an-object",
        OpenApiVersion Error "openapi-version",
        OpenApiTooNew Error "openapi-too-new",
        Swagger2 Error "swagger-2",
        UnknownKeyword Error "unknown-keyword",
        MisspeltExtension Error "misspelt-extension",
        MisplacedExtension Error "misplaced-extension",
        MisspeltFormat Error "misspelt-format",
        MissingKeyword Error "missing-keyword",
        WrongType Error "wrong-type",
        BadValue Error "bad-value",
        BadStatus Error "bad-status",
        DanglingReference Error "dangling-reference",
        CircularReference Error "circular-reference",
        ReferenceNotLocal Error "reference-not-local",
        ReferenceToWrongKind Error "reference-to-wrong-kind",
        PathWithoutSlash Error "path-without-slash",
        MalformedPath Error "malformed-path",
        UndeclaredPathParameter Error "undeclared-path-parameter",
        PathParameterWithoutTemplate Error "path-parameter-without-template",
        OptionalPathParameter Error "optional-path-parameter",
        DuplicateParameter Error "duplicate-parameter",
        MissingOperationId Error "missing-operation-id",
        DuplicateOperationId Error "duplicate-operation-id",
        UndefinedSecurityScheme Error "undefined-security-scheme",
        RequiredWithoutProperty Error "required-without-property",
        BadPattern Error "bad-pattern",
        Contradiction Error "contradiction",
        PathClash Error "path-clash",
        ExampleBreaksSchema Warning "example-breaks-schema",
        DefaultBreaksSchema Warning "default-breaks-schema",
        UncheckedExample Warning "unchecked-example",
        EnumBreaksType Warning "enum-breaks-type",
        InfiniteSchema Warning "infinite-schema",
        IneffectiveConstraint Warning "ineffective-constraint",
        IneffectiveEncoding Warning "ineffective-encoding",
        NullInForm Warning "null-in-form",
        ArrayWithoutItems Warning "array-without-items",
        SiblingOfReference Warning "sibling-of-reference",
        UnusedComponent Warning "unused-component",
        BadComponentName Warning "bad-component-name",
        DanglingMapping Warning "dangling-mapping",
        DiscriminatorWithoutProperty Warning "discriminator-without-property",
        DanglingLink Warning "dangling-link",
        BadServerVariable Warning "bad-server-variable",
        UnusableServer Warning "unusable-server",
        UnknownFormat Warning "unknown-format",
        MissingFile Warning "missing-file",
        LossyRepair Warning "lossy-repair",
        BadMediaType Warning "bad-media-type",
        BadScope Warning "bad-scope",
        NoSuccessResponse Warning "no-success-response",
        CollidingCredentials Warning "colliding-credentials",
    }
    Generator {
        BadPaging Error "bad-paging",
        BadFromCredential Error "bad-from-credential",
        UnsupportedShape Error "unsupported-shape",
        OperationLeftOut Warning "operation-left-out",
        NoValue Warning "no-value",
        UnenforcedPattern Warning "unenforced-pattern",
        ContradictingSubschemas Warning "contradicting-subschemas",
        UnusedMediaType Warning "unused-media-type",
        UnusedSecurity Warning "unused-security",
        SeveralKinds Warning "several-kinds",
        UntypedBody Warning "untyped-body",
        OwnServer Warning "own-server",
        UntypedSchema Warning "untyped-schema",
    }
    Safety {
        UnmarkedSecret Error "unmarked-secret",
        RedactionDefeated Error "redaction-defeated",
        CredentialInUrl Warning "credential-in-url",
        OperationWithoutSecurity Warning "operation-without-security",
        NoRetryStatement Warning "no-retry-statement",
    }
    Transcription {
        NoSource Warning "no-source",
        NoDescription Warning "no-description",
        EmptyStatusDescription Warning "empty-status-description",
        NoExample Warning "no-example",
        UndescribedProperty Warning "undescribed-property",
        NoErrorResponse Warning "no-error-response",
        NoRequiredStatement Warning "no-required-statement",
        MissingType Warning "missing-type",
        ListWithoutPaging Warning "list-without-paging",
        CreationWithoutLocation Warning "creation-without-location",
        NoCredentialNames Warning "no-credential-names",
        Placeholder Error "placeholder",
    }
    Rust {
        CollidingNames Error "colliding-names",
        KeywordName Warning "keyword-name",
        SplitAcronym Warning "split-acronym",
        ChangedName Warning "changed-name",
    }
    Tool {
        BadAcceptance Error "bad-acceptance",
        UnusedAcceptance Error "unused-acceptance",
        BadPackage Error "bad-package",
        ProgenitorRefused Error "progenitor-refused",
        ProgenitorChanged Error "progenitor-changed",
        GeneratorStopped Error "generator-stopped",
        EmittedNoRust Error "emitted-no-rust",
    }
}

impl Rule {
    /// Returns the rule with this id.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }

    /// Returns the rule that a misspelt id was most likely meant to be.
    #[must_use]
    pub fn nearest(id: &str) -> Option<Self> {
        nearest(id, Self::ALL.iter().map(|rule| rule.id())).and_then(Self::by_id)
    }

    /// Returns true if a spec with such a finding is read no further, so that there may be further
    /// findings.
    #[must_use]
    pub fn hides_others(self) -> bool {
        let is_found_beside_others =
            matches!(self, Self::PathClash | Self::BadAcceptance | Self::UnusedAcceptance);
        self.severity() == Severity::Error
            && !self.group().is_for_specs_alone()
            && !is_found_beside_others
    }

    /// Returns true if its findings can be accepted in the spec. Those that prevent a client
    /// cannot, nor can those that the next `cargo xtask regen` removes.
    #[must_use]
    pub fn is_acceptable(self) -> bool {
        let is_lasting = self != Self::ChangedName;
        is_lasting && (self.group().is_for_specs_alone() || self.severity() == Severity::Warning)
    }
}

impl From<Rule> for &'static str {
    fn from(rule: Rule) -> Self {
        rule.id()
    }
}

impl TryFrom<String> for Rule {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        Self::by_id(&id).ok_or_else(|| format!("there is no rule `{id}`"))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}
