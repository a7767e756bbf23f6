package io.tamis.cli;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.AuditVerification;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.ExportDownload;
import io.tamis.log.VerifierKey;
import java.nio.file.Path;

/** The officer's commands for demo and soaks. */
final class LedgerAuditor implements Auditor {
    @Override
    public void export(ApiClient officer, Path folder) {
        ExportDownload.into(folder, officer);
    }

    @Override
    public Finding verify(Path folder, String verifierKey) {
        AuditReport report = AuditVerification.verify(folder, VerifierKey.parse(verifierKey), 0, entries -> {});
        if (report.verdict() == AuditReport.Verdict.VALID) {
            var counts = report.counts();
            return new Finding(
                    true,
                    ("%d entries, tree and signature hold; %d decisions decided again, %d charges added up,"
                                    + " %d deliveries matched")
                            .formatted(counts.entries(), counts.decisions(), counts.charges(), counts.deliveries()));
        }
        return new Finding(false, report.findings().getFirst().toString());
    }
}
