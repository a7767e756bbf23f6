package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.Released.at;
import static io.tamis.sandbox.audiences.Released.cell;
import static io.tamis.sandbox.audiences.Released.rows;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Json;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three parties' lists, and a merchant who has none. The test profile draws no noise: each threshold to the unit. Every
 * person of the second party has two rows, in two spellings.
 */
@TamisTest
class ThreePartiesTest {
    private static final Caller A = Caller.platform("lab");
    private static final Caller B = Caller.platform("lab-b");
    private static final Caller C = Caller.platform("lab-c");
    private static final Caller ASKER = Caller.merchant("venn-asker");
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** In order of the masks: a, b, ab, c, ac, bc, abc. */
    private static final int[] CELLS = {600, 49, 300, 50, 51, 1, 200};

    private static final List<String> DATASETS = List.of("venn-a", "venn-b", "venn-c");
    private static final String ALL =
            "{'audiences':[{'id':'a','dataset':'venn-a'},{'id':'b','dataset':'venn-b'},{'id':'c','dataset':'venn-c'}]}";

    private static String collaboration;

    @BeforeAll
    static void agree() {
        List<Caller> owners = List.of(A, B, C);
        for (int party = 0; party < 3; party++) {
            CollaborationApi.load(owners.get(party), DATASETS.get(party), 1, list(party));
        }
        collaboration = CollaborationApi.active(ASKER, A, B, C);
        for (int party = 0; party < 3; party++) {
            attach(collaboration, owners.get(party), DATASETS.get(party));
        }
    }

    private static void attach(String agreement, Caller owner, String dataset) {
        CollaborationApi.attach(owner, agreement, dataset, 1, 1).then().statusCode(201);
    }

    /** Everybody whose cell has this party's bit; the second party writes each of them twice, in two spellings. */
    private static String list(int party) {
        return IntStream.rangeClosed(1, CELLS.length)
                .filter(mask -> (mask >> party & 1) == 1)
                .boxed()
                .flatMap(mask -> IntStream.range(0, CELLS[mask - 1]).mapToObj(i -> mask * 10_000 + i))
                .map(person -> party == 1
                        ? CollaborationApi.plain(person) + ",alpha\n" + CollaborationApi.spaced(person) + ",beta"
                        : CollaborationApi.spaced(person) + ",gamma")
                .collect(Collectors.joining("\n", "person,arm\n", "\n"));
    }

    @Test
    void overlap_ofThreeParties_showsCellsOfKAndMore() {
        Json result = at(answer(ALL, DATASETS, "{'rhoMicro':100}"), "result");
        assertEquals(List.of("a=600", "b=null", "a+b=300", "c=50", "a+c=51", "b+c=null", "a+b+c=200"), rows((Json.Obj)
                result));
        assertEquals("1151", Released.value(at(result, "derived", "audiences", 0, "people")));
        assertEquals("500", Released.value(at(result, "derived", "pairs", 0, "intersection")));
        assertEquals("1201", Released.value(at(result, "derived", "union")));
        assertEquals("[\"WITHHELD_CELLS_COUNT_AS_ZERO\"]", at(result, "notes").canonical());
    }

    @Test
    void overlap_inAnotherOrder_isTheKeptReleaseInItsOwnOrder() {
        answer(ALL, DATASETS, "{'rhoMicro':110}");
        Json.Obj again = answer("""
                {'audiences':[{'id':'z','dataset':'venn-c'},{'id':'x','dataset':'venn-a'},{'id':'y','dataset':'venn-b'}]}""", List.of("venn-b", "venn-c", "venn-a"), "{'rhoMicro':110}");
        assertEquals("true", at(again, "cached").canonical());
        assertEquals(List.of("z=50", "x=600", "z+x=51", "y=null", "z+y=null", "x+y=300", "z+x+y=200"), rows((Json.Obj)
                at(again, "result")));
    }

    /** Rows that say alpha and rows that say beta are the same persons': both audiences hold them all, each once. */
    @Test
    void overlap_ofOneDatasetTwice_countsItsPersonsOnce() {
        Json result = at(answer("""
                {'audiences':[{'id':'x','dataset':'venn-b','where':[{'column':'venn-b#arm','op':'EQ','values':['alpha']}]},\
                {'id':'y','dataset':'venn-b','where':[{'column':'venn-b#arm','op':'EQ','values':['beta']}]}]}""", List.of("venn-b"), "{'rhoMicro':100}"), "result");
        assertEquals(List.of("x=null", "y=null", "x+y=550"), rows((Json.Obj) result));
        assertTrue(cell(at(result, "derived", "union")).startsWith("550 ["));
    }

    @Test
    void job_afterADatasetWasDetached_isNotFound() {
        String other = CollaborationApi.active(ASKER, A, B);
        attach(other, A, "venn-a");
        attach(other, B, "venn-b");
        CollaborationApi.detach(B, other, "venn-b").then().statusCode(204);
        String params = "{'audiences':[{'id':'a','dataset':'venn-a'},{'id':'b','dataset':'venn-b'}]}";
        TestApi.submit(ASKER.party(), body(other, params, List.of("venn-a", "venn-b"), "{'rhoMicro':100}"))
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    /** One bit of one link file, a file's end, or a file gone: the job fails, is charged, and says nothing else. */
    @Test
    void job_overDamagedLinkFiles_failsWithoutAWord() throws IOException {
        for (Damage damage : Damage.values()) {
            String other = CollaborationApi.active(ASKER, A, C);
            attach(other, A, "venn-a");
            attach(other, C, "venn-c");
            damage.in(TestServer.DATA.resolve("links").resolve(other).resolve("venn-c"));
            String params = "{'audiences':[{'id':'a','dataset':'venn-a'},{'id':'c','dataset':'venn-c'}]}";
            String job = TestApi.submit(
                            ASKER.party(), body(other, params, List.of("venn-a", "venn-c"), "{'rhoMicro':100}"))
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("jobId");
            Response ended = TestApi.await(ASKER.party(), job);
            ended.then().body("state", equalTo("FAILED")).body("cause", equalTo("JOB_FAILED"));
            assertFalse(ended.asString().contains("link"), damage.name());
        }
    }

    private enum Damage {
        BIT {
            @Override
            void to(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        },
        CUT {
            @Override
            void to(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
            }
        },
        GONE {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void to(Path file) throws IOException;

        /** To one part: persons are in every one of them. */
        void in(Path attachment) throws IOException {
            try (var files = Files.walk(attachment)) {
                to(files.filter(file -> file.getFileName().toString().endsWith(".link"))
                        .sorted()
                        .toList()
                        .get(17));
            }
        }
    }

    private static Json.Obj answer(String params, List<String> datasets, String privacy) {
        return TestApi.answer(ASKER.party(), body(collaboration, params, datasets, privacy));
    }

    private static String body(String agreement, String params, List<String> datasets, String privacy) {
        String asked = datasets.stream()
                .map(id -> "{'id':'" + id + "','version':1,'purpose':'AUDIENCE_INSIGHT'}")
                .collect(Collectors.joining(","));
        return ("{'jobRequestId':'venn-" + NAMES.incrementAndGet() + "','type':'OVERLAP','collaborationId':'"
                        + agreement
                        + "','datasets':[" + asked + "],'params':" + params + ",'privacy':" + privacy
                        + ",'reason':'a test of the service','acceptLowUtility':true}")
                .replace('\'', '"');
    }
}
