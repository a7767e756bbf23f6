/**
 * Reads policy files: strict YAML, the built-in JSON schemas, then the checks that span files.
 *
 * <p>The only code that may use snakeyaml-engine and the schema validator. Begin with
 * {@link io.tamis.policy.load.PolicyLoader}.
 */
package io.tamis.policy.load;
