//! The kinds of changes, and what each means.

use std::fmt;

/// The fate of programs that are built already, at the server as it is documented now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deployed {
    /// They keep working.
    Works,
    /// Some calls fail, or some of what is received is missing.
    Limits,
    /// Calls fail.
    Breaks,
}

/// The fate of code that was written against the old client, if it is compiled with the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// It compiles.
    Works,
    /// It compiles with a warning.
    Warns,
    /// Code that uses what has changed does not compile.
    Breaks,
}

/// What else a new client brings to code that compiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but other documentation.
    None,
    /// A fact that nothing in the client depends on.
    Facts,
    /// Something to use.
    Added,
    /// It acts differently, as these words say.
    Behaviour(&'static str),
    /// It compiles, and means something else, as these words say.
    Silent(&'static str),
}

/// The meaning of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// For programs that are built already.
    pub deployed: Deployed,
    /// For code that is compiled again.
    pub source: Source,
    /// For what compiles.
    pub effect: Effect,
    /// The reason, for a reviewer.
    pub why: &'static str,
}

impl Verdict {
    /// Returns the behaviour of code that compiles, if it is another.
    #[must_use]
    pub fn behaviour(&self) -> Option<&'static str> {
        match self.effect {
            Effect::Behaviour(words) | Effect::Silent(words) => Some(words),
            Effect::None | Effect::Facts | Effect::Added => None,
        }
    }
}

impl Deployed {
    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Limits => "limits",
            Self::Breaks => "breaks",
        }
    }
}

impl Source {
    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Warns => "warns",
            Self::Breaks => "breaks",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

/// Declares the rules: name, identifier, the three verdicts and the reason.
macro_rules! rules {
    ($($name:ident $id:literal $deployed:ident $source:ident $effect:ident $(($words:literal))? $why:literal;)*) => {
        /// The kinds of changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the identifier says the same")]
        pub enum Rule { $($name,)* }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the identifier.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns the meaning of the changes of this kind.
            #[must_use]
            pub fn verdict(self) -> Verdict {
                match self {
                    $(Self::$name => Verdict {
                        deployed: Deployed::$deployed,
                        source: Source::$source,
                        effect: Effect::$effect $(($words))?,
                        why: $why,
                    },)*
                }
            }
        }
    };
}

rules! {
    ApiAdded "api-added" Works Works Added "A new module takes nothing away.";
    ApiRemoved "api-removed" Breaks Breaks None "The document is gone, and the module with it.";
    ApiVersion "api-version" Works Works Facts "No request depends on the version of the document.";
    ServerChanged "server-changed" Limits Works Behaviour("The default server, or the path below the server that the caller names, is another.")
        "A program may use the server that was listed.";
    RateLimit "rate-limit" Works Works Behaviour("Other responses count as an exceeded limit, after which a call waits.") "A program that is built takes such a response for another error.";
    ServerRemoved "server-removed" Limits Breaks None "`DEFAULT_SERVER` is gone.";

    OperationAdded "operation-added" Works Works Added "A new method takes nothing away.";
    OperationRemoved "operation-removed" Breaks Breaks None "The server no longer documents the call.";
    OperationRenamed "operation-renamed" Works Breaks None "The request stays the same; the method has another name.";
    MethodChanged "method-changed" Breaks Works Behaviour("The call sends the new method.") "The old method is not documented any more.";
    PathChanged "path-changed" Breaks Works Behaviour("The call goes to the new path.") "The old path is not documented any more.";
    PathParameterRenamed "path-parameter-renamed" Works Works Facts "The name is not sent, and arguments have positions.";
    OperationServers "operation-servers" Breaks Works Behaviour("Requests go to another server, whose origin the caller must allow.")
        "The old server is not documented any more.";
    Deprecated "deprecated" Works Warns None "It still works.";
    Undeprecated "undeprecated" Works Works Facts "A warning goes away.";
    BecameIdempotent "became-idempotent" Works Works Behaviour("A call that may have arrived is repeated.") "A program that is built repeats less than it could.";
    BecameNotIdempotent "became-not-idempotent" Limits Works Behaviour("A call that may have arrived is no longer repeated.")
        "A program that is built may send a call twice.";
    AcceptChanged "accept-changed" Works Works Behaviour("The header `Accept` has another value.") "A server answers an `Accept` that it knew.";
    PagingAdded "paging-added" Works Works Added "A new method takes nothing away.";
    PagingRemoved "paging-removed" Limits Breaks None "`pages` is gone.";
    PagingChanged "paging-changed" Limits Works Behaviour("Another parameter counts the pages.") "A program that is built may read one page again and again.";

    SuccessAdded "success-added" Limits Works Added "The old client takes the status code for an error, which holds what was received.";
    SuccessRemoved "success-removed" Works Works Facts "A status code that is not received harms nobody.";
    SuccessVariantRemoved "success-variant-removed" Works Breaks None "The variant of the successes is gone.";
    StatusMoved "status-moved" Breaks Works Behaviour("The new status code is the success, and the old one an error.")
        "The old client takes the new status code for an error.";
    SuccessesDistinguished "successes-distinguished" Works Breaks None "The type of the response is, or was, an enum of the successes.";
    DefaultRole "default-role" Limits Breaks Behaviour("Status codes that are not listed change between success and error.")
        "Status codes between 200 and 299 are errors if any of them is listed, and the old client may get others than it knows.";
    ErrorAdded "error-added" Works Works Added "The old client reports the status code as an error that is not documented.";
    ErrorRemoved "error-removed" Works Breaks None "The variant of the errors is gone.";
    ResponseBodyAdded "response-body-added" Works Breaks None "A body that nobody expects is ignored; the type of the response is another.";
    ResponseBodyRemoved "response-body-removed" Limits Breaks None "The old client misses the body.";
    ResponseMediaType "response-media-type" Limits Works Behaviour("Another media type is expected.") "The old client may not decode the new media type.";
    ResponseHeaderAdded "response-header-added" Works Works Added "A header that nobody expects is ignored.";
    ResponseHeaderRemoved "response-header-removed" Limits Breaks None "The method that reads the header is gone.";
    ResponseHeaderRequired "response-header-required" Works Works Facts "Headers are read as optional.";

    SecurityRequired "security-required" Breaks Breaks None "The old client sends no credential.";
    SecurityDropped "security-dropped" Works Works Behaviour("The call sends no credential.") "A server ignores a credential that it does not ask for.";
    SecurityAlternativeAdded "security-alternative-added" Works Works Added "What was accepted still is.";
    SecurityAlternativeRemoved "security-alternative-removed" Limits Breaks None "Callers with this credential are refused.";
    SecurityOrder "security-order" Works Works Behaviour("Of several credentials, another is sent.") "Each is accepted.";
    ScopesAdded "scopes-added" Limits Works Facts "A credential may lack the scope.";
    ScopesRemoved "scopes-removed" Works Works Facts "A credential needs less.";
    SchemeAdded "scheme-added" Works Works Added "A new credential takes nothing away.";
    SchemeRemoved "scheme-removed" Limits Breaks None "The type of the credential is gone.";
    SchemeRenamed "scheme-renamed" Works Breaks None "The type of the credential has another name.";
    SchemeKind "scheme-kind" Breaks Breaks None "A credential of another kind is needed.";
    SchemeSentElsewhere "scheme-sent-elsewhere" Breaks Works Behaviour("The credential is sent in another header, parameter or form.")
        "The server no longer looks where the old client puts it.";
    SchemeFacts "scheme-facts" Works Works Facts "The client does not depend on it.";

    ParameterAddedRequired "parameter-added-required" Breaks Breaks None "The old client does not send it.";
    ConstantAdded "constant-added" Breaks Works Behaviour("The value is sent, without an argument.") "The old client does not send it.";
    ParameterAddedOptional "parameter-added-optional" Works Works Added "It can be left out.";
    ParameterRemovedRequired "parameter-removed-required" Limits Breaks None "A server usually ignores what it does not know; the argument is gone.";
    ParameterRemovedOptional "parameter-removed-optional" Limits Breaks None "The server no longer does what it asked for; the setter is gone.";
    ConstantRemoved "constant-removed" Works Works Behaviour("The value is not sent.") "A server usually ignores what it does not know.";
    ConstantChanged "constant-changed" Breaks Works Behaviour("Another constant is sent.") "The server expects another value.";
    ConstantOptional "constant-optional" Works Works Behaviour("The value is sent only if the caller names it.") "What the old client sends is still accepted.";
    ParameterConstness "parameter-constness" Limits Breaks None "An argument or setter appears or disappears.";
    ParameterRenamed "parameter-renamed" Breaks Works Silent("The argument is sent under the new name.") "The server looks for another name.";
    SetterRenamed "setter-renamed" Breaks Breaks None "The server looks for another name, and the setter has another name.";
    RustNameChanged "rust-name-changed" Works Breaks None "The name in Rust is another; the request stays the same.";
    ArgumentNameChanged "argument-name-changed" Works Works Facts "Arguments have positions.";
    ParameterMoved "parameter-moved" Breaks Works Behaviour("The parameter is sent elsewhere in the request.") "The server looks elsewhere.";
    ParameterBecameRequired "parameter-became-required" Limits Breaks None "Calls without it are refused; a setter became an argument.";
    ParameterBecameOptional "parameter-became-optional" Works Breaks None "An argument became a setter.";
    ParameterStyle "parameter-style" Breaks Works Behaviour("The value is written in another style.") "The server reads another style.";
    ArgumentsSwapped "arguments-swapped" Works Works Silent("Arguments of one type have changed places, and the compiler says nothing.")
        "The order is that of the new client alone.";
    ArgumentsReordered "arguments-reordered" Works Breaks None "Arguments of different types have changed places.";

    BodyAddedRequired "body-added-required" Breaks Breaks None "The old client sends none.";
    BodyAddedOptional "body-added-optional" Works Works Added "It can be left out.";
    BodyRemoved "body-removed" Limits Breaks None "The server ignores it, or refuses it.";
    BodyBecameRequired "body-became-required" Limits Breaks None "Calls without it are refused.";
    BodyBecameOptional "body-became-optional" Works Breaks None "The body is passed in another way.";
    BodyMediaType "body-media-type" Breaks Works Behaviour("The body is sent as another media type.") "The old media type is not documented any more.";
    BodyMediaTypeChoice "body-media-type-choice" Limits Breaks None "The caller chooses among other media types.";
    BodyEncoding "body-encoding" Breaks Works Behaviour("Properties of the body are written in another way.") "The server reads another encoding.";

    TypeRenamed "type-renamed" Works Breaks None "The type has another name; what is sent and received stays the same.";
    SentTypeChanged "sent-type-changed" Breaks Breaks None "The old client sends another type.";
    SentTypeWidened "sent-type-widened" Works Breaks None "What the old client sends is still accepted.";
    ReceivedTypeChanged "received-type-changed" Limits Breaks None "The old client leaves out what is not of its type, and names it.";
    ReceivedTypeNarrowed "received-type-narrowed" Works Breaks None "What is received is of the old type as well.";
    SentFormatChanged "sent-format-changed" Limits Works Facts "The server may refuse the old format.";
    ReceivedFormatChanged "received-format-changed" Works Works Facts "Nothing received is checked against a format.";
    ConstraintNarrowed "constraint-narrowed" Limits Works Behaviour("A value beyond the constraint is refused before it is sent.")
        "The server refuses values that it accepted.";
    ConstraintWidened "constraint-widened" Works Works Behaviour("Values are sent that were refused.") "The old client keeps to the narrower constraint.";
    ConstraintChanged "constraint-changed" Limits Works Behaviour("Other values are refused before they are sent.")
        "Neither constraint is known to be the narrower one.";
    ReceivedConstraint "received-constraint" Works Works Facts "Nothing received is checked against constraints.";
    SentEnumValueAdded "sent-enum-value-added" Works Works Added "The enum is not exhaustive.";
    SentEnumValueRemoved "sent-enum-value-removed" Limits Breaks None "The server refuses the value, and its variant is gone.";
    ReceivedEnumValueAdded "received-enum-value-added" Works Works Added "The old client keeps a value that it does not know as `Unknown`.";
    ReceivedEnumValueRemoved "received-enum-value-removed" Works Breaks None "A value that is not received harms nobody; its variant is gone.";
    SentNullAllowed "sent-null-allowed" Works Breaks None "Values that are not null are still accepted; the type is another.";
    SentNullForbidden "sent-null-forbidden" Limits Breaks None "The server refuses null.";
    ReceivedNullAllowed "received-null-allowed" Works Works Facts "A property that is null is read as absent.";
    ReceivedNullForbidden "received-null-forbidden" Works Works Facts "Null that is not received harms nobody.";
    ReceivedItemNull "received-item-null" Limits Breaks None "The old client leaves out what is null; the type is another.";

    SentPropertyAddedRequired "sent-property-added-required" Breaks Breaks None "The old client does not send it.";
    SentPropertyAddedOptional "sent-property-added-optional" Works Works Added "It can be left out.";
    SentPropertyRemoved "sent-property-removed" Limits Breaks None "A server usually ignores what it does not know; its name in Rust is gone.";
    SentPropertyRenamed "sent-property-renamed" Breaks Breaks None "The server looks for another name.";
    SentPropertyBecameRequired "sent-property-became-required" Limits Breaks None "Bodies without it are refused; `new` takes one more argument.";
    SentPropertyBecameOptional "sent-property-became-optional" Works Breaks None "An argument of `new` became a setter.";
    ReceivedPropertyAdded "received-property-added" Works Works Added "A property that nobody expects is ignored.";
    ReceivedPropertyRemoved "received-property-removed" Works Breaks None "Every received property is optional; the field is gone.";
    ReceivedRequiredPropertyRemoved "received-required-property-removed" Limits Breaks None "The method of the property returns an error; it and the field are gone.";
    ReceivedPropertyRenamed "received-property-renamed" Limits Breaks None "The old client misses the property.";
    ReceivedPropertyBecameRequired "received-property-became-required" Works Works Added "A method for the property is added.";
    ReceivedPropertyBecameOptional "received-property-became-optional" Limits Breaks None "The method of the property returns an error if it is missing, and is gone.";
    ErrorCodeAdded "error-code-added" Works Works Behaviour("`Error::code` returns the name, which is part of the message.") "A program that is built shows no name.";
    ErrorCodeRemoved "error-code-removed" Works Works Behaviour("`Error::code` returns nothing, and the message has no name.") "A program that is built still looks for the name.";
    AdditionalProperties "additional-properties" Limits Breaks None "Properties without names are sent or kept in another way.";
    SentAlternativeAdded "sent-alternative-added" Works Works Added "What the old client sends is still accepted.";
    SentAlternativeRemoved "sent-alternative-removed" Limits Breaks None "The server refuses the alternative.";
    DefaultChanged "default-changed" Limits Works Behaviour("A call that leaves it out means another value.") "The server fills in another value.";
    Documentation "documentation" Works Works None "Only words and examples differ.";
    Other "other" Breaks Breaks None "No rule knows this change, so it is taken for the worst.";
}
