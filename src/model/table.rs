//! How a table of TOML is declared: each key once, with its field, what it takes and what people are told of it.
//!
//! `table!` makes of that the struct, the kind with its known keys, the reader with its findings, and the
//! texts that a reader meets. What is declared cannot be forgotten in one of them.

/// Declares a table.
///
/// ```text
/// table! {
///     /// A word with what it means here.
///     pub struct Term: "et begreb", "Et ord, og hvad det betyder hos jer.";
///
///     /// The word.
///     word: Line = "ord" as filled(line(Seen::Term)), "Ordet.";
///     /// What it means.
///     meaning: RichText = "betyder" as filled(text()), "Det, som ordet betyder.";
///     /// Other words for the same.
///     aliases: Vec<Line> = "ogsaa" as lines(Seen::Label), "Andre ord for det samme.";
///
///     => in order: word, aliases, meaning;
/// }
/// ```
///
/// The rows stand in the order in which keys are told of and read: the field, its type, its key, what the
/// key takes (see `takes`), and what people are told. `=> in order` lists the fields as a reader meets their
/// texts, where that is another order; one that is forgotten there is an unused variable to the compiler.
/// `=> and` names what one key asks of another, for the schema.
/// `pub struct Term in a language:` gives it the key `sprog`, told of last.
/// `+ where (shape, keys) { … }` adds fields that are no keys, each with how it is made from what was read.
macro_rules! table {
    (
        $(#[$meta:meta])*
        pub struct $table:ident in a language: $name:literal, $about:literal;
        $(
            $(#[$doc:meta])*
            $field:ident: $value:ty = $key:literal as $takes:expr, $said:literal;
        )+
        $(=> in order: $($order:ident),+;)?
        $(=> and: $($also:path),+;)?
        $(+ where $names:tt $beside:tt)?
    ) => {
        $crate::model::table::table! {
            $(#[$meta])*
            pub struct $table: $name, $about;
            $(
                $(#[$doc])*
                $field: $value = $key as $takes, $said;
            )+
            /// The language of its texts, where it is not that of what it stands in.
            language: Option<$crate::model::Language> = "sprog" as $crate::model::language::Tongue, "Sproget, når det er et andet end det, afsnittet er på.";
            $(=> in order: $($order),+, language;)?
            $(=> and: $($also),+;)?
            $(+ where $names $beside)?
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $table:ident: $name:literal, $about:literal;
        $(
            $(#[$doc:meta])*
            $field:ident: $value:ty = $key:literal as $takes:expr, $said:literal;
        )+
        $(=> in order: $($order:ident),+;)?
        $(=> and: $($also:path),+;)?
        $(+ where ($shape:ident, $keys:tt) {
            $(
                $(#[$beside_doc:meta])*
                $beside:ident: $beside_value:ty = $made:expr;
            )+
        })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $table {
            $( $(#[$doc])* pub $field: $value, )+
            $($( $(#[$beside_doc])* pub $beside: $beside_value, )+)?
        }

        impl $crate::model::takes::Table for $table {
            const KIND: &'static $crate::model::kind::Kind = &$crate::model::kind::Kind {
                name: $name,
                about: $about,
                rows: &[
                    $( $crate::model::kind::Row { key: $key, about: $said, takes: &$takes }, )+
                ],
                also: &[$($( $also, )+)?],
            };

            fn read(
                shape: &mut $crate::model::shape::Shape<'_>,
                keys: &$crate::model::shape::Keys<'_>,
            ) -> Option<Self> {
                use $crate::model::takes::Takes as _;
                // All are read before one has a name, which could be that of what another takes.
                let ($($field,)+): ($(Option<$value>,)+) =
                    ($(($takes).read(shape, keys, $key),)+);
                $( let $field = $field?; )+
                $(
                    let ($shape, $keys) = (shape, keys);
                    $( let $beside = $made; )+
                )?
                Some(Self { $( $field, )+ $($( $beside, )+)? })
            }

            fn texts<'t>(&'t self, visit: $crate::model::texts::Visit<'_, 't>) {
                self.texts(visit);
            }

            const HOLDS_TEXTS: bool = $( $crate::model::takes::holds_texts(&$takes) )&&+;

            fn fields(&self) -> Vec<$crate::model::texts::Field<'_>> {
                vec![$(
                    $crate::model::texts::Field::of(
                        stringify!($field), $key, &$takes, &self.$field,
                    ),
                )+]
            }
        }

        impl $table {
            /// Visits its texts in reading order.
            pub fn texts<'t>(&'t self, visit: $crate::model::texts::Visit<'_, 't>) {
                use $crate::model::takes::Takes as _;
                let ($($field,)+) = ($(
                    |visit: $crate::model::texts::Visit<'_, 't>| {
                        ($takes).texts(&self.$field, visit);
                    },
                )+);
                $crate::model::table::table!(@order visit [$($field)+] $([$($order)+])?);
            }
        }
    };
    (@order $visit:ident [$($field:ident)+]) => {
        $( $field(&mut *$visit); )+
    };
    (@order $visit:ident [$($field:ident)+] [$($order:ident)+]) => {
        $( $order(&mut *$visit); )+
    };
}

/// Visits the texts of those of some blocks that say their language, with it.
macro_rules! texts_in_languages {
    ($visit:ident, $blocks:expr) => {
        for block in $blocks {
            if let Some(language) = &block.language {
                block.texts(&mut |text| $visit(language, text));
            }
        }
    };
}

/// The kind of a table that is read by hand, with rows as in `table!`.
macro_rules! kind {
    ($name:literal, $about:literal; $($key:literal as $takes:expr, $said:literal;)+) => {
        $crate::model::kind::Kind {
            name: $name,
            about: $about,
            rows: &[
                $( $crate::model::kind::Row { key: $key, about: $said, takes: &$takes }, )+
            ],
            also: &[],
        }
    };
}

/// The same with what one key asks of another, for the schema.
macro_rules! kind_and {
    (
        $name:literal, $about:literal;
        $($key:literal as $takes:expr, $said:literal;)+
        => $($also:path),+
    ) => {
        $crate::model::kind::Kind {
            name: $name,
            about: $about,
            rows: &[
                $( $crate::model::kind::Row { key: $key, about: $said, takes: &$takes }, )+
            ],
            also: &[$( $also ),+],
        }
    };
}

pub(in crate::model) use kind;
pub(in crate::model) use kind_and;
pub(in crate::model) use table;
pub(in crate::model) use texts_in_languages;
