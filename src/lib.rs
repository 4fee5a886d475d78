//! Checks and prints the protocols of Danish care institutions.
