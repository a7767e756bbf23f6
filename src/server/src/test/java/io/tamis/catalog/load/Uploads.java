package io.tamis.catalog.load;

import io.tamis.crypto.SystemRandom;
import io.tamis.data.Dataset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Imports texts, and reads back what the importer wrote, with a DuckDB of the test's own. */
public final class Uploads {
    static final Effort EFFORT = Effort.DEFAULT;

    private Uploads() {}

    public static CsvImport.Imported load(Dataset dataset, Path folder, String csv) throws IOException {
        return load(dataset, folder, csv.getBytes(StandardCharsets.UTF_8), EFFORT);
    }

    /** Imports a file too large for memory. */
    public static CsvImport.Imported load(Dataset dataset, Path folder, Path csv) throws IOException {
        try (var in = Files.newInputStream(csv);
                var load = new CsvImport(dataset, folder, new InsecureTestKeys(), new SystemRandom(), EFFORT)) {
            load.read(in);
            return load.write();
        }
    }

    static CsvImport.Imported load(Dataset dataset, Path folder, byte[] csv, Effort effort) throws IOException {
        Files.createDirectories(folder);
        try (var load = new CsvImport(dataset, folder, new InsecureTestKeys(), new SystemRandom(), effort)) {
            load.read(new ByteArrayInputStream(csv));
            return load.write();
        }
    }

    static CsvImport.Imported load(Dataset dataset, Path folder, byte[] upload, UploadKind kind) throws IOException {
        Files.createDirectories(folder);
        try (var load = new CsvImport(dataset, folder, new InsecureTestKeys(), new SystemRandom(), EFFORT)) {
            load.read(new ByteArrayInputStream(upload), kind, upload.length * 1_000L);
            return load.write();
        }
    }

    /** Every row of the scan files as text, in the order of files and rows. */
    public static List<String> scanned(Path folder) throws IOException, SQLException {
        var rows = new ArrayList<String>();
        for (Path file : files(folder.resolve(CsvImport.SCAN))) {
            try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                    var statement = connection.createStatement();
                    var result = statement.executeQuery("SELECT * FROM '" + file + "'")) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    var row = new ArrayList<String>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(String.join(",", row));
                }
            }
        }
        return rows;
    }

    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
