package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExportDownload;
import io.tamis.cli.client.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Folders to audit: given ones, and exports of services that are downloaded for this audit and deleted after it. */
final class AuditFolders implements AutoCloseable {
    private final Shell shell;
    private final Connection connection;
    private final List<Path> downloaded = new ArrayList<>();

    AuditFolders(Shell shell, Connection connection) {
        this.shell = shell;
        this.connection = connection;
    }

    static boolean isService(String log) {
        return log.startsWith("http://") || log.startsWith("https://");
    }

    Path of(String log) {
        if (isService(log)) {
            return download(log);
        }
        Path folder = Path.of(log);
        if (!Files.isDirectory(folder)) {
            throw ClientException.usage("no such folder: " + folder);
        }
        requireContent(folder);
        return folder;
    }

    /** A folder of nothing says nothing about a log. */
    private static void requireContent(Path folder) {
        try (var files = Files.list(folder)) {
            if (files.findAny().isEmpty()) {
                throw ClientException.usage("this folder is empty, there is no export in it: " + folder);
            }
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + folder);
        }
    }

    private Path download(String service) {
        connection.url = Optional.of(service);
        try (ApiClient client = connection.openWithToken(shell)) {
            Path folder = Files.createTempDirectory("tamis-audit-");
            downloaded.add(folder);
            ExportDownload.into(folder, client);
            return folder;
        } catch (IOException unwritable) {
            throw ClientException.usage("cannot write the export to the temporary folder");
        }
    }

    @Override
    public void close() {
        for (Path folder : downloaded) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException left) {
                shell.err().println("could not delete " + folder);
            }
        }
    }
}
