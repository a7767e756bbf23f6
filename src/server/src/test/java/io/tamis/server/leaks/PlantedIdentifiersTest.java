package io.tamis.server.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand persons are loaded, linked, asked about, and written into requests that are refused; then everything that the
 * service keeps or shows is searched for their numbers, in clear or merely hashed. Found must be nothing.
 */
@TamisTest
class PlantedIdentifiersTest {
    private static final int PERSONS = 1_000;
    private static final long SEED = 20_261_124;
    private static final int VERSION = 1;
    private static final List<Caller> OWNERS =
            List.of(Caller.platform("plant-a"), Caller.platform("plant-b"), Caller.platform("plant-c"));
    private static final Caller BRAND = Caller.merchant("plant-brand");

    private static final List<Planted> PEOPLE = new ArrayList<>();

    /** Not loaded, but put where each search looks, to see that it would be found. */
    private static final Planted CANARY = Planted.of(new Random(SEED + 1));

    private static LogCapture log;
    private static Answers answers;

    @Inject
    Jdbi jdbi;

    @BeforeAll
    static void live() {
        var random = new Random(SEED);
        for (int i = 0; i < PERSONS; i++) {
            PEOPLE.add(Planted.of(random));
        }
        log = new LogCapture();
        answers = new Answers();
        load();
        String collaboration = CollaborationApi.active(
                Stream.concat(Stream.of(BRAND), OWNERS.stream()).toArray(Caller[]::new));
        for (Caller owner : OWNERS) {
            answers.of(CollaborationApi.attach(owner, collaboration, owner.party(), VERSION, 1), 201);
        }
        var asking = new Asking(BRAND.party(), collaboration, VERSION);
        asking.all(answers);
        new Refusals(PEOPLE, asking, answers).all();
        answers.of(CollaborationApi.rotate(BRAND, collaboration), 200);
        answers.of(CollaborationApi.detach(OWNERS.getLast(), collaboration, "plant-c"), 204);
        asking.refused(answers);
        answers.of(CollaborationApi.close(BRAND, collaboration), 200);
    }

    @AfterAll
    static void stopListening() {
        log.close();
    }

    /** The same persons in three datasets, in three spellings: as CSV, as Parquet, as a zip of parts. */
    private static void load() {
        answers.of(Uploaded.csv("plant-a", rows(PEOPLE, Planted::plain)).as(OWNERS.get(0), VERSION), 201);
        answers.of(Uploaded.parquet("plant-b", table(PEOPLE, Planted::dashed)).as(OWNERS.get(1), VERSION), 201);
        int half = PERSONS / 2;
        answers.of(
                Uploaded.zip(
                                "plant-c",
                                rows(PEOPLE.subList(0, half), Planted::spaced),
                                rows(PEOPLE.subList(half, PERSONS), Planted::spaced))
                        .as(OWNERS.get(2), VERSION),
                201);
    }

    static String rows(List<Planted> people, Function<Planted, String> spelling) {
        var csv = new StringBuilder("person,resident_id,taste,arm,shown_on\n");
        for (Planted person : people) {
            csv.append(spelling.apply(person))
                    .append(',')
                    .append(person.residentId())
                    .append(",c1,alpha,2026-03-01\n");
        }
        return csv.toString();
    }

    /** The same rows as a query. */
    private static String table(List<Planted> people, Function<Planted, String> spelling) {
        return people.stream()
                .map(person -> "('" + spelling.apply(person) + "','" + person.residentId()
                        + "','c1','alpha',DATE '2026-03-01')")
                .collect(Collectors.joining(
                        ",", "SELECT * FROM (VALUES ", ") t(person, resident_id, taste, arm, shown_on)"));
    }

    @Test
    void everythingKeptOrShown_hasNoPlantedIdentifierInAnyForm() throws IOException {
        var search = new ByteSearch();
        PEOPLE.forEach(person -> person.addTo(search));
        var remains = searched(search);
        assertEquals(Map.of(), remains.found(), () -> "seed " + SEED + "\n" + String.join("\n", remains.contexts()));
        assertTrue(remains.bytes() > 20_000_000, "only " + remains.bytes() + " bytes were searched");
    }

    /** Else what was written into them might be kept by right. */
    @Test
    void badRequests_areAllRefused() {
        assertEquals(List.of(), answers.served());
        assertTrue(answers.refusals() > 400, "only " + answers.refusals());
    }

    /** Every place is searched: what is put there is found there. */
    @Test
    void canary_isFoundWhereverItIsPut() throws IOException {
        var search = new ByteSearch();
        CANARY.addTo(search);
        Path file = TestServer.DATA.resolve("links/canary");
        Files.createDirectories(file.getParent());
        Files.writeString(file, CANARY.spaced());
        jdbi.useHandle(handle -> {
            handle.execute(
                    "CREATE TABLE canary AS SELECT ?::text AS clear, ?::bytea AS hidden",
                    CANARY.plain(),
                    CANARY.residentId().getBytes(StandardCharsets.UTF_8));
        });
        Logger.getLogger("canary").info("for " + CANARY.dashed());
        try {
            var places = new TreeSet<String>();
            searched(search).found().keySet().forEach(places::add);
            assertEquals(
                    List.of(
                            "dump of canary: clear UTF-8",
                            "dump of canary: clear, hex",
                            "links: clear UTF-8",
                            "log: clear UTF-8",
                            "pg: clear UTF-8"),
                    List.copyOf(places));
        } finally {
            Files.delete(file);
            jdbi.useHandle(handle -> handle.execute("DROP TABLE canary"));
        }
    }

    /** Every form is found, whatever stands around it. */
    @Test
    void everyFormOfAPerson_isFound() {
        var search = new ByteSearch();
        PEOPLE.forEach(person -> person.addTo(search));
        var noise = new byte[1_000];
        var random = new Random(SEED + 2);
        int forms = 0;
        for (Planted person : List.of(PEOPLE.getFirst(), PEOPLE.getLast())) {
            for (var form : person.forms().entrySet()) {
                for (byte[] pattern : form.getValue()) {
                    random.nextBytes(noise);
                    System.arraycopy(pattern, 0, noise, random.nextInt(noise.length - pattern.length), pattern.length);
                    assertTrue(search.in(noise).containsKey(form.getKey()), form.getKey());
                    forms++;
                }
            }
        }
        assertTrue(forms > 200, "only " + forms + " forms");
    }

    @Test
    void base64_ofALongerText_isFound() {
        var search = new ByteSearch();
        CANARY.addTo(search);
        for (String before : List.of("", "a", "ab", "abc")) {
            byte[] text = (before + CANARY.mobile() + "z").getBytes(StandardCharsets.UTF_8);
            byte[] encoded = java.util.Base64.getEncoder().encode(text);
            assertEquals(Map.of("clear, base64", 1), search.in(encoded));
        }
    }

    @Test
    void digitsWithinAHash_areNotTakenForANumber() {
        var search = new ByteSearch();
        CANARY.addTo(search);
        for (String chance :
                List.of("00".repeat(16) + CANARY.mobile() + "a", "0000-a" + CANARY.mobile(), "0.1" + CANARY.mobile())) {
            assertEquals(Map.of(), search.in(chance.getBytes(StandardCharsets.UTF_8)));
        }
        for (String number : List.of("+86", "0086", "86", "-", ".", "u")) {
            assertEquals(
                    Map.of("clear UTF-8", 1), search.in((number + CANARY.mobile()).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Remains searched(ByteSearch search) throws IOException {
        var remains = new Remains(search);
        remains.database(jdbi);
        remains.dataDirectory();
        remains.export();
        remains.metrics();
        remains.text("log", log.text());
        remains.text("answers", answers.text());
        return remains;
    }
}
