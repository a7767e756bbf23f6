/**
 * A soak of the readers of encrypted aggregation: a million damaged ciphertexts, keys and shares, none of which may be
 * answered otherwise than by the one refusal.
 *
 * <p>May use what the rest of the command line may. Begin with {@link io.tamis.cli.soak.he.HeMutants}.
 */
package io.tamis.cli.soak.he;
