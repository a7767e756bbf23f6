/**
 * A platform's side of encrypted tags, on the platform's own machine: its key, its cut-and-choose round, encryption, upload.
 * Nothing here sends an identifier or a value.
 *
 * <p>Uses core and the client. Begin with {@link io.tamis.cli.tags.TagWork}.
 */
package io.tamis.cli.tags;
