/**
 * Collaborations: agreements that several parties sign, the datasets they bring in, the keys that tie these together.
 *
 * <p>May use core, {@code io.tamis.ledger}, {@code io.tamis.catalog} and {@code io.tamis.catalog.link}; no other part of the
 * catalog uses it. Begin with {@link io.tamis.catalog.collaboration.Collaborations}, then {@code CollaborationsResource}.
 */
package io.tamis.catalog.collaboration;
