package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of an export and their SHA-256: a line each, sorted by path, 64 hexadecimal digits, two spaces, path, so that
 * {@code sha256sum -c MANIFEST} reads it too. It is not signed: it finds damage, the checkpoint finds forgery.
 */
record ExportManifest(Map<String, Hash> files) {
    /** Most files: a policy bundle has tens, a log of one year some bundles. */
    static final int FILES_MAX = 10_000;

    static final int BYTES_MAX = 4 << 20;

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
    private static final int PATH_MAX = 512;
    private static final String GAP = "  ";

    ExportManifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        files.keySet().forEach(ExportManifest::requirePath);
        if (files.size() > FILES_MAX) {
            throw new LogException(Code.TOO_LARGE);
        }
    }

    /** Refuses paths that could leave the folder or that two file systems understand differently. */
    static String requirePath(String path) {
        if (path.length() > PATH_MAX || !PATH.matcher(path).matches()) {
            throw LogException.malformed();
        }
        return path;
    }

    static ExportManifest parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new LogException(Code.TOO_LARGE);
        }
        var files = new TreeMap<String, Hash>();
        for (String line : decode(bytes).lines().toList()) {
            int gap = 2 * Hash.LENGTH;
            if (!line.startsWith(GAP, gap)) {
                throw LogException.malformed();
            }
            files.put(line.substring(gap + GAP.length()), Hash.parse(line.substring(0, gap)));
        }
        var manifest = new ExportManifest(files);
        if (!Arrays.equals(manifest.bytes(), bytes)) {
            throw LogException.malformed();
        }
        return manifest;
    }

    byte[] bytes() {
        var out = new StringBuilder();
        files.forEach(
                (path, hash) -> out.append(hash.hex()).append(GAP).append(path).append('\n'));
        return out.toString().getBytes(UTF_8);
    }

    private static String decode(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new LogException(Code.INVALID_REQUEST, notUtf8);
        }
    }
}
