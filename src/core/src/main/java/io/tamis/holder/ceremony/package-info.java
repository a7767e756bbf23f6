/**
 * The ceremony by which key holders make a collective key that none of them has, and no server either: commit, reveal, cut
 * and choose on key candidates, Shamir sharing, a test of every subset. Pure: a board of signed messages goes in, the next
 * message comes out.
 *
 * <p>Uses {@code data crypto he} and {@code holder}. Begin with {@link io.tamis.holder.ceremony.KeyCeremony}.
 */
package io.tamis.holder.ceremony;
