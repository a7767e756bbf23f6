package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.ExportDownload;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
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
        return switch (LogExport.read(folder, VerifierKey.parse(verifierKey))) {
            case ExportResult.Verified verified ->
                new Finding(true, verified.checkpoint().head().size() + " entries, tree and signature hold");
            case ExportResult.Broken(String where, ExportResult.Problem problem) ->
                new Finding(false, where + ": " + problem);
        };
    }
}
