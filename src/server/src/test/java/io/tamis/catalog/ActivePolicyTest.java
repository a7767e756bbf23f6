package io.tamis.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TamisTest
class ActivePolicyTest {
    @ConfigProperty(name = "tamis.policies")
    Path policies;

    @Inject
    ActivePolicy policy;

    @Inject
    Jdbi jdbi;

    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    InstantSource clock;

    @TempDir
    Path temporary;

    @Test
    void start_sameBundle_entersNothing() {
        var remembering = new FailingLedger();
        active(policies, remembering).activate();
        assertEquals(List.of(), remembering.asked);
    }

    @Test
    void start_otherBundle_entersItOnceAndKeepsItsFiles() throws IOException {
        copy(policies, temporary);
        Path declaration = temporary.resolve("datasets/cdnow.yaml");
        Files.writeString(declaration, Files.readString(declaration).replace("minUsers: 50", "minUsers: 51"));
        var remembering = new FailingLedger();
        try {
            var other = active(temporary, remembering);
            other.activate();
            other.activate();
            assertEquals(List.of(EventType.POLICY_ACTIVATED), remembering.asked);
            assertNotEquals(policy.bundle().contentHash(), other.bundle().contentHash());
            assertEquals(
                    List.copyOf(other.bundle().files().keySet()),
                    kept(other.bundle().contentHash()));
        } finally {
            active(policies, ledger).activate();
        }
    }

    @Test
    void start_withoutBundle_isRefused() {
        var refused = assertThrows(CatalogException.class, () -> active(temporary, ledger));
        assertEquals(Code.POLICY_MISSING, refused.code());
    }

    @Test
    void start_brokenFile_isRefused() throws IOException {
        copy(policies, temporary);
        Files.writeString(temporary.resolve("access.yaml"), "kind: [");
        assertThrows(CatalogException.class, () -> active(temporary, ledger));
    }

    @Test
    void files_ofTheBundleInForce_areKept() {
        assertEquals(
                List.copyOf(policy.bundle().files().keySet()),
                kept(policy.bundle().contentHash()));
    }

    private ActivePolicy active(Path folder, Ledger used) {
        return new ActivePolicy(folder, jdbi, used, events, clock);
    }

    private List<String> kept(Hash hash) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT path FROM policy_bundle WHERE hash = :hash ORDER BY path COLLATE \"C\"")
                .bind("hash", hash.bytes())
                .mapTo(String.class)
                .list());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
