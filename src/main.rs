//! The program. All code is in the library.

fn main() -> std::process::ExitCode {
    ssd::cli::main()
}
