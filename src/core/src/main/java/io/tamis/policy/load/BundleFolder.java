package io.tamis.policy.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of a bundle's folder into memory, within limits. */
final class BundleFolder {
    /** Most files of a bundle. */
    static final int FILES_MAX = 600;

    /** Most bytes of all files together. */
    static final int BYTES_MAX = 32 << 20;

    private static final int DEPTH_MAX = 4;

    private BundleFolder() {}

    /**
     * All files by path with forward slashes, but for hidden ones, {@code schema/}, {@code cases/} and texts for people.
     * What else lies there and is not named by bundle.yaml is the loader's to refuse.
     */
    static Map<String, byte[]> read(Path folder, Problems problems) {
        var files = new TreeMap<String, byte[]>();
        long bytes = 0;
        try {
            for (Path file : list(folder)) {
                byte[] content = readAtMost(file, YamlReader.FILE_BYTES_MAX + 1);
                bytes += content.length;
                if (files.size() == FILES_MAX || bytes > BYTES_MAX) {
                    problems.add(Bundles.BUNDLE, "", "the folder holds too many files or bytes for a bundle");
                    return Map.of();
                }
                files.put(path(folder, file), content);
            }
        } catch (IOException unreadable) {
            problems.add(Bundles.BUNDLE, "", "the folder cannot be read");
            return Map.of();
        }
        return files;
    }

    /** The bytes of a file, at most this many. */
    static byte[] readAtMost(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        // Links to files are followed, as a mounted configuration map consists of them; links to folders are not.
        try (Stream<Path> walk = Files.walk(folder, DEPTH_MAX)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> belongs(path(folder, file)))
                    .limit(FILES_MAX + 1L)
                    .toList();
        }
    }

    private static boolean belongs(String path) {
        boolean hidden = path.startsWith(".") || path.contains("/.");
        return !hidden && !path.startsWith("schema/") && !path.startsWith("cases/") && !path.endsWith(".md");
    }

    private static String path(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
