/**
 * Collective keys: the board of their ceremonies, the epochs that come of them, and how often each was opened. The server
 * has no key, no share and no say: it keeps order, the key holders judge.
 *
 * <p>May use core, {@code io.tamis.ledger} and {@code io.tamis.audience.board}. Begin with {@link
 * io.tamis.audience.keys.KeyEpochs}, then {@code Ceremonies}.
 */
package io.tamis.audience.keys;
