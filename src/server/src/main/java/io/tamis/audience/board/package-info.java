/**
 * What key ceremonies and tag rounds have in common: a bulletin board of signed messages and the large parts they name, kept
 * and shown as they came.
 *
 * <p>May use core and {@code io.tamis.ledger}. Begin with {@link io.tamis.audience.board.Boards}.
 */
package io.tamis.audience.board;
