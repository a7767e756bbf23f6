package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON object from a file, or from standard input when the file is called {@code -}. */
final class JsonFile {
    private JsonFile() {}

    /** Reads it strictly; {@link ClientException} when it is longer than this, or no JSON object without floats. */
    static Json.Obj read(String file, int bytesMax, Shell shell) {
        return parsed(bytes(file, bytesMax, shell), file);
    }

    /** What this file holds, which is a JSON object or no usable file. */
    static Json.Obj parsed(byte[] bytes, String file) {
        try {
            return Json.parse(bytes) instanceof Json.Obj object ? object : notOne(file);
        } catch (DataException malformed) {
            return notOne(file);
        }
    }

    /** The bytes; {@link ClientException} when there are more than this. */
    static byte[] bytes(String file, int bytesMax, Shell shell) {
        try (InputStream in = file.equals("-") ? shell.in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw ClientException.usage("longer than " + (bytesMax >> 20) + " MiB: " + file);
            }
            return bytes;
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + file);
        }
    }

    private static Json.Obj notOne(String file) {
        throw ClientException.usage("not a JSON object (integers and text only, no floats): " + file);
    }
}
