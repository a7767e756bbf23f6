package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {
    private final Problems problems = new Problems();

    @TempDir
    private Path folder;

    private Path bundle;

    @BeforeEach
    void copyBundle() throws IOException {
        bundle = Files.createDirectory(folder.resolve("bundle"));
        for (Map.Entry<String, byte[]> file : PolicyFiles.read().entrySet()) {
            write(file.getKey(), file.getValue());
        }
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = bundle.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private Set<String> read() {
        return BundleFolder.read(bundle, problems).keySet();
    }

    @Test
    void files_haveTheirPathsWithForwardSlashes() {
        assertEquals(PolicyFiles.read().keySet(), read());
        assertTrue(problems.isEmpty());
    }

    @Test
    void hiddenFilesSchemasCasesAndTexts_areLeftOut() throws IOException {
        for (String path : new String[] {
            ".git/config",
            "datasets/.swp",
            "..data/access.yaml",
            "schema/access.schema.json",
            "cases/golden.yaml",
            "README.md",
            "datasets/NOTES.md"
        }) {
            write(path, new byte[] {'x'});
        }
        assertEquals(PolicyFiles.read().keySet(), read());
    }

    @Test
    void otherFiles_areSeenAndRefusedByTheLoader() throws IOException {
        write("datasets/more/deep.yaml", new byte[] {'x'});
        write("notes.txt", new byte[] {'x'});
        assertTrue(read().contains("datasets/more/deep.yaml"));
        var rejected = assertInstanceOf(LoadResult.Rejected.class, PolicyLoader.load(bundle));
        assertEquals(
                Set.of("datasets/more/deep.yaml", "notes.txt"),
                Set.copyOf(rejected.problems().stream().map(Problem::file).toList()));
    }

    /** Kubernetes mounts a configuration map as links into a hidden folder that is swapped whole. */
    @Test
    void filesThatAreLinks_areFollowed() throws IOException {
        Path mounted =
                Files.createDirectories(folder.resolve("mounted/datasets")).getParent();
        for (String path : PolicyFiles.read().keySet()) {
            Files.createSymbolicLink(mounted.resolve(path), bundle.resolve(path));
        }
        assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(mounted));
    }

    @Test
    void foldersThatAreLinks_areNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("secret.yaml"), "x");
        Files.createSymbolicLink(bundle.resolve("linked"), elsewhere);
        assertEquals(PolicyFiles.read().keySet(), read());
    }

    @Test
    void linkInACircle_doesNotHang() throws IOException {
        Files.createSymbolicLink(bundle.resolve("loop"), bundle);
        Files.createSymbolicLink(bundle.resolve("self"), bundle.resolve("self"));
        assertEquals(PolicyFiles.read().keySet(), read());
    }

    @Test
    void fileBeyondTheLimit_isReadNoFurther() throws IOException {
        write("access.yaml", new byte[3 * YamlReader.FILE_BYTES_MAX]);
        assertEquals(
                YamlReader.FILE_BYTES_MAX + 1,
                BundleFolder.read(bundle, problems).get("access.yaml").length);
    }

    @Test
    void bytesBeyondTheLimit_areRefused() throws IOException {
        for (int i = 0; i < 33; i++) {
            write("big" + i, new byte[YamlReader.FILE_BYTES_MAX]);
        }
        assertEquals(Set.of(), read());
        assertEquals(
                "bundle.yaml: the folder holds too many files or bytes for a bundle",
                problems.list().getFirst().toString());
    }

    @Test
    void fileInsteadOfAFolder_isNoBundle() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertInstanceOf(LoadResult.Rejected.class, PolicyLoader.load(file));
    }
}
