/**
 * The offline auditor: holds an exported log against its signature, its policy bundles and its own budgets.
 *
 * <p>Uses core alone and believes nothing the service says. Begin with {@link io.tamis.cli.audit.AuditVerification}.
 */
package io.tamis.cli.audit;
