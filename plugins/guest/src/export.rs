//! The macro that is the whole text of a library.

/// Makes a library of kinds and facilities: the crate's type is `cdylib`, and this stands in it
/// once. A crate that aborts on panic is refused by the compiler, since a fault in a step would
/// end the host.
///
/// ```text
/// runsheet_guest::export_plugin! {
///     name: "checksum",
///     summary: "files are held against their checksums",
///     steps: [Checksum],
///     facilities: [],
/// }
/// ```
#[macro_export]
macro_rules! export_plugin {
    (
        name: $name:expr,
        summary: $summary:expr
        $(, steps: [$($step:expr),* $(,)?])?
        $(, facilities: [$($facility:expr),* $(,)?])?
        $(, drivers: [$($driver:expr),* $(,)?])?
        $(,)?
    ) => {
        #[cfg(panic = "abort")]
        compile_error!(
            "a plugin must not abort on panic: take `panic = \"abort\"` out of its profile"
        );

        const _: () = {
            struct Library;

            impl $crate::entry::Exported for Library {
                fn plugin() -> &'static $crate::plugin::Plugin {
                    static PLUGIN: ::std::sync::OnceLock<$crate::plugin::Plugin> =
                        ::std::sync::OnceLock::new();
                    PLUGIN.get_or_init(|| $crate::plugin::Plugin {
                        name: $name,
                        version: ::std::env!("CARGO_PKG_VERSION"),
                        summary: $summary,
                        steps: ::std::vec![$($(::std::boxed::Box::new($step)),*)?],
                        facilities: ::std::vec![$($(::std::boxed::Box::new($facility)),*)?],
                        drivers: ::std::vec![$($($driver),*)?],
                    })
                }
            }

            static TABLE: $crate::abi::Plugin = $crate::entry::table::<Library>();

            /// # Safety
            /// `host` is null or a table that outlives the library.
            #[expect(unsafe_code, reason = "the one symbol that a library exports")]
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn runsheet_plugin_v1(
                host: *const $crate::abi::Host,
            ) -> *const $crate::abi::Plugin {
                // SAFETY: whoever loads a library hands over such a table.
                unsafe { $crate::entry::entered(host) };
                &TABLE
            }
        };
    };
}
