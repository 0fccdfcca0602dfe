//! What an expression may not do.

use runsheet_diagnostics::code::Code;

/// It cannot be read.
pub(super) static EXPRESSION: Code =
    Code::new("bad-expression", include_str!("../pages/bad-expression.md"));
/// A name or field that there is not.
pub(crate) static UNKNOWN_NAME: Code =
    Code::new("unknown-name", include_str!("../pages/unknown-name.md"));
/// A function that there is not.
pub(super) static UNKNOWN_FUNCTION: Code = Code::new(
    "unknown-function",
    include_str!("../pages/unknown-function.md"),
);
/// An operator or a function on types it is not for.
pub(super) static WRONG_OPERAND: Code =
    Code::new("wrong-operand", include_str!("../pages/wrong-operand.md"));
/// A literal value that is not of the type that stands here.
pub(crate) static WRONG_VALUE: Code =
    Code::new("wrong-value", include_str!("../pages/wrong-value.md"));
/// It has no value, such as `1 / 0`.
pub(super) static NO_VALUE: Code = Code::new("no-value", include_str!("../pages/no-value.md"));

/// All codes of this module.
pub static CODES: &[&Code] = &[
    &EXPRESSION,
    &UNKNOWN_NAME,
    &UNKNOWN_FUNCTION,
    &WRONG_OPERAND,
    &WRONG_VALUE,
    &NO_VALUE,
];
