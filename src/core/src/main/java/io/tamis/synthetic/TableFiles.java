package io.tamis.synthetic;

import io.tamis.data.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;

/** The open files of a world's tables, hashed as they are written. For one thread. */
final class TableFiles implements AutoCloseable {
    private final Map<Table, Out> outs = new EnumMap<>(Table.class);

    private record Out(Path file, OutputStream out, MessageDigest digest) {}

    /** Creates the files with their header lines. */
    TableFiles(Path folder) throws IOException {
        try {
            for (Table table : Table.values()) {
                MessageDigest digest = Hash.newSha256();
                Path file = WorldFiles.part(folder, table.file());
                outs.put(table, new Out(file, new DigestOutputStream(Files.newOutputStream(file), digest), digest));
                header(table);
            }
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    private void header(Table table) throws IOException {
        String header = table.header() + "\n";
        outs.get(table).out().write(header.getBytes(StandardCharsets.US_ASCII));
    }

    void write(Table table, Lines lines) throws IOException {
        lines.writeTo(outs.get(table).out());
    }

    /** SHA-256 of all bytes so far; ends the hashing. */
    Hash digest(Table table) {
        return Hash.of(outs.get(table).digest().digest());
    }

    /** Bytes so far. */
    long bytes(Table table) throws IOException {
        return Files.size(outs.get(table).file());
    }

    @Override
    public void close() throws IOException {
        for (Out out : outs.values()) {
            out.out().close();
        }
    }
}
