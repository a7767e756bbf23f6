/**
 * Differential privacy: bounding of persons, exact discrete noise, zCDP accounting, release of declared groups, dry runs.
 *
 * <p>May use {@code io.tamis.data} only. Begin with {@link io.tamis.privacy.BoundingKernel} and
 * {@link io.tamis.privacy.Releaser}.
 */
package io.tamis.privacy;
