/**
 * Rows of one dataset as the parameters of a job choose them: conditions and keys, read strictly, checked against the
 * declaration, made canonical. The same for all job types that read rows.
 *
 * <p>May use core and {@code io.tamis.catalog.scan}. Begin with {@link io.tamis.jobs.selection.Selection}.
 */
package io.tamis.jobs.selection;
