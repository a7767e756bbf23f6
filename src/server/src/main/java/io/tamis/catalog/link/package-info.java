/**
 * Link files: which person of a version is which unit of a collaboration. Derives them from the sealed identifiers, reads
 * and compares them.
 *
 * <p>Uses {@code catalog.load} and core; the catalog itself does not use it. Begin with
 * {@link io.tamis.catalog.link.LinkDerivation}, then {@link io.tamis.catalog.link.LinkSet}.
 */
package io.tamis.catalog.link;
