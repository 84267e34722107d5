terraform {
  # The project's own constraint stands in the root module; this one says what the module itself needs.
  required_version = ">= 1.9.0"
}
