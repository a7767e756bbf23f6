package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {
    private static final Map<String, String> VARIABLE = Map.of("TAMIS_URL", "http://127.0.0.1:2");

    @TempDir
    Path folder;

    @Test
    void find_option_winsOverAll() throws IOException {
        writeServerFile("{\"url\":\"http://127.0.0.1:3\",\"pid\":1}");
        assertEquals("http://127.0.0.1:1", find(Optional.of("http://127.0.0.1:1/"), VARIABLE));
    }

    @Test
    void find_variable_winsOverTheServerFile() throws IOException {
        writeServerFile("{\"url\":\"http://127.0.0.1:3\",\"pid\":1}");
        assertEquals("http://127.0.0.1:2", find(Optional.empty(), VARIABLE));
    }

    @Test
    void find_serverFile_isWhatTheServerWrote() throws IOException {
        writeServerFile("{\"url\":\"http://127.0.0.1:3\",\"pid\":1}");
        assertEquals("http://127.0.0.1:3", find(Optional.empty(), Map.of()));
    }

    @Test
    void find_halfWrittenServerFile_isTheUsualAddress() throws IOException {
        writeServerFile("{\"url\":\"http://1");
        assertEquals("http://127.0.0.1:8080", find(Optional.empty(), Map.of()));
    }

    @Test
    void find_nothing_isTheUsualAddress() {
        assertEquals("http://127.0.0.1:8080", find(Optional.empty(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8080", "ftp://host", "http://", "file:///etc/passwd", "http://a b"})
    void parse_notHttp_isWrongUsage(String text) {
        assertEquals(
                ExitCode.USAGE,
                assertThrows(ClientException.class, () -> ServiceUrl.parse(text))
                        .exit());
    }

    private String find(Optional<String> option, Map<String, String> variables) {
        return ServiceUrl.find(option, variables, new DataDir(folder)).toString();
    }

    private void writeServerFile(String text) throws IOException {
        Files.writeString(new DataDir(folder).serverFile(), text);
    }
}
