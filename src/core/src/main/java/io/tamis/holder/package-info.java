/**
 * What key holders, platforms and the server agree on before anything is opened: the roster and signed messages. Nobody
 * here has a network, a clock or a store: those are the callers'.
 *
 * <p>Uses {@code data crypto he privacy policy log}. Begin with {@link io.tamis.holder.Roster}.
 */
package io.tamis.holder;
