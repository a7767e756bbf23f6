package io.tamis.jobs;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.audience.KeyGroup;
import io.tamis.audience.TagPlatform;
import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document tells the truth: its example is accepted, answers look as it says, no call is left undescribed. */
@TamisTest
class OpenApiContentTest {
    private static final Path PURCHASES = Path.of("../../sandbox-datasets/cdnow/purchases.csv");
    private static final Set<String> PUBLIC = Set.of(
            "/v1/ledger/anchors",
            "/v1/ledger/checkpoint",
            "/v1/ledger/consistency",
            "/v1/ledger/key",
            "/v1/ledger/logs",
            "/v1/ledger/logs/{year}/checkpoint",
            "/v1/ledger/logs/{year}/key",
            "/v1/ledger/logs/{year}/tile/{level}/{path}",
            "/v1/ledger/tile/{level}/{path}",
            "/verify");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private static Json.Obj document;

    @BeforeAll
    static void read() {
        document = object(TestApi.request().get("/q/openapi?format=json"));
    }

    @Test
    void example_isThatOfTheGuide() throws IOException {
        String guide = Files.readString(Path.of("../../docs/api.md"));
        String block = guide.substring(guide.indexOf("```json\n") + 8);
        var job = (Json.Obj) Json.parse(block.substring(0, block.indexOf("```")));
        assertEquals(job, example().without("jobRequestId"));
    }

    @Test
    void example_isReadAsAJob() {
        JobRequest request = JobRequest.parse(example());
        assertEquals("cdnow", request.datasets().getFirst().id().value());
        assertTrue(undescribed("JobRequest", example()).isEmpty());
    }

    @Test
    void exampleSubmitted_isAccepted_andEveryAnswerIsAsDescribed() throws IOException {
        Response loaded =
                TestApi.upload(TestTokens.of(Role.PLATFORM, "cdnow"), "cdnow", 1, Files.readString(PURCHASES));
        assertTrue(Set.of(200, 201).contains(loaded.statusCode()));
        assertDescribed("Upload", loaded);
        assertDescribed(
                "DryRun",
                asMerchant()
                        .contentType("application/json")
                        .body(example().canonical())
                        .post("/v1/dry-runs"));

        Response accepted = TestApi.submit("openapi-a", example().canonical());
        accepted.then().statusCode(202).header("Location", containsString("/v1/jobs/job_"));
        assertDescribed("Job", accepted);
        String job = accepted.path("jobId");
        assertDescribed("Job", TestApi.await("openapi-a", job));
        Response result = TestApi.result("openapi-a", job);
        assertDescribed("Result", result);
        String event = result.path("receipt.eventId");

        assertDescribed("JobPage", asMerchant().get("/v1/jobs"));
        assertDescribed("Budgets", asMerchant().get("/v1/budgets"));
        assertDescribed("DatasetPage", asMerchant().get("/v1/datasets"));
        assertDescribed("Dataset", asMerchant().get("/v1/datasets/cdnow"));
        assertDescribed("Problem", asMerchant().get("/v1/datasets/nowhere"));
        assertDescribed("AnchorPage", TestApi.request().get("/v1/ledger/anchors"));
        assertDescribed("Problem", TestApi.submit("openapi-a", "{}"));
        Json.Obj entry = object(asMerchant().get("/v1/ledger/entries/" + event));
        // An event's members depend on its type; the document says so and stops there.
        assertEquals(
                Set.of(),
                undescribed(
                        "Entry",
                        entry.with(
                                "event",
                                Json.object()
                                        .put("v", 1)
                                        .put("id", event)
                                        .put("at", "")
                                        .put("type", "")
                                        .build())));
    }

    @Test
    void everyAnswerAboutACollaboration_isAsDescribed() {
        Json body = member(at("#/components/requestBodies/Collaboration/content"), "application/json");
        Json example = member(body, "example");
        assertEquals(Set.of(), undescribed("CollaborationRequest", example));
        Caller shop = Caller.platform("lab");
        Caller brand = Caller.merchant("openapi-brand");
        assertDescribed("Collaboration", CollaborationApi.propose(shop, brand));
        String id = CollaborationApi.active(shop, brand);
        CollaborationApi.load(shop, "link-a", 1, CollaborationApi.people(0, 200, CollaborationApi::plain));
        Response attached = CollaborationApi.attach(shop, id, "link-a", 1, 1);
        attached.then().statusCode(201);
        assertDescribed("Attachment", attached);
        assertDescribed("Collaboration", CollaborationApi.show(brand, id));
        assertDescribed("Problem", CollaborationApi.attach(shop, id, "link-a", 1, 7));
        assertDescribed("Collaboration", CollaborationApi.close(brand, id));
        assertDescribed(
                "CollaborationPage",
                TestApi.request()
                        .auth()
                        .oauth2(TestTokens.of(Role.MERCHANT, "openapi-brand"))
                        .get("/v1/collaborations?limit=1"));
    }

    @Test
    void everyAnswerAboutKeysAndTags_isAsDescribed() {
        KeyGroup group = KeyGroup.of("openapi-keys", "tags-a");
        long epoch = group.made();
        String number = Long.toString(epoch);
        Response epochs = KeyGroup.officer().get("/v1/key-epochs?limit=1");
        assertDescribed("KeyEpochPage", epochs);
        Response shown = KeyGroup.officer().get("/v1/key-epochs/" + number);
        assertDescribed("KeyEpoch", shown);
        assertDescribed(
                "Ceremony",
                KeyGroup.officer().get("/v1/key-ceremonies/" + shown.jsonPath().getString("ceremony")));
        assertDescribed("CeremonyPage", KeyGroup.officer().get("/v1/key-ceremonies?limit=1"));
        TagPlatform.load("tags-a", 50, 100);
        assertDescribed("TagOrder", TagPlatform.order("tags-a", 50));
        var platform = TagPlatform.of(group, "tags-a", 50, epoch, 1);
        platform.passed();
        assertDescribed("Round", platform.show());
        assertDescribed("RoundPage", KeyGroup.officer().get("/v1/tag-rounds?limit=1"));
        assertDescribed("StoredCiphertext", platform.upload(0, platform.upload(0)));
        var tags = KeyGroup.as(Role.PLATFORM, "tags-a");
        assertDescribed("CiphertextPage", tags.get(platform.place() + "/ciphertexts" + platform.underEpoch()));
        assertDescribed("KeyEpoch", KeyGroup.retire(epoch, false));
    }

    private static Json member(Json object, String name) {
        return ((Json.Obj) object).member(name).orElseThrow();
    }

    @Test
    void everyCall_hasSummaryTagSecurityAndProblems() {
        var bare = new TreeSet<String>();
        calls().forEach((name, call) -> {
            boolean open = PUBLIC.contains(name.substring(name.indexOf(' ') + 1));
            boolean said = call.member("summary")
                    .map(text -> text.canonical().contains(" "))
                    .orElse(false);
            boolean bearer = call.member("security")
                    .map(need -> need.canonical().contains("\"bearer\""))
                    .orElse(false);
            boolean responses = ((Json.Obj) call.member("responses").orElseThrow())
                    .members().entrySet().stream()
                            .allMatch(answer -> answer.getKey().startsWith("2") || isProblem(answer.getValue()));
            boolean failures =
                    call.member("responses").orElseThrow().canonical().contains("\"500\"");
            if (!said || call.member("tags").isEmpty() || bearer == open || !responses || !failures) {
                bare.add(name);
            }
        });
        assertEquals(Set.of(), bare);
        // How many there are is the business of RolesTest, whose table names each.
        assertTrue(calls().size() > 20);
    }

    @Test
    void everyReference_leadsSomewhere() {
        var matcher = Pattern.compile("\"\\$ref\":\"([^\"]+)\"").matcher(document.canonical());
        int references = 0;
        while (matcher.find()) {
            at(matcher.group(1));
            references++;
        }
        assertTrue(references > 100);
        assertEquals(
                "\"bearer\"",
                at("#/components/securitySchemes/bearer")
                        .member("scheme")
                        .orElseThrow()
                        .canonical());
        assertFalse(document.canonical().contains("SecurityScheme\""));
    }

    private static boolean isProblem(Json response) {
        return resolved(response)
                .member("content")
                .map(content -> content.canonical().contains("application/problem+json"))
                .orElse(false);
    }

    private static Map<String, Json.Obj> calls() {
        var calls = new TreeMap<String, Json.Obj>();
        at("#/paths")
                .members()
                .forEach((path, item) -> ((Json.Obj) item).members().forEach((method, call) -> {
                    if (METHODS.contains(method)) {
                        calls.put(method + " " + path, (Json.Obj) call);
                    }
                }));
        return calls;
    }

    private static void assertDescribed(String schema, Response answer) {
        assertEquals(Set.of(), undescribed(schema, object(answer)), schema);
    }

    /** What an answer has and its schema has not, or the other way round where the schema requires it. */
    private static Set<String> undescribed(String schema, Json value) {
        var found = new TreeSet<String>();
        compare(at("#/components/schemas/" + schema), value, schema, found);
        return found;
    }

    private static void compare(Json.Obj schema, Json value, String where, Set<String> found) {
        Json.Obj meant = resolved(schema);
        switch (value) {
            case Json.Obj object -> compareMembers(meant, object, where, found);
            case Json.Arr array -> {
                var items = meant.member("items");
                if (items.isEmpty()) {
                    found.add(where + " is a list");
                } else {
                    array.items().forEach(item -> compare((Json.Obj) items.get(), item, where + "[]", found));
                }
            }
            case Json.Null _ -> expectType(meant, "null", where, found);
            case Json.Str _ -> expectType(meant, "string", where, found);
            case Json.Int _ -> expectType(meant, "integer", where, found);
            case Json.Bool _ -> expectType(meant, "boolean", where, found);
        }
    }

    private static void compareMembers(Json.Obj schema, Json.Obj object, String where, Set<String> found) {
        Json.Obj oneOf = schema.member("oneOf")
                .map(choice -> resolved(((Json.Arr) choice).items().getFirst()))
                .orElse(schema);
        var properties = oneOf.member("properties").map(Json.Obj.class::cast);
        object.members().forEach((name, member) -> {
            var described =
                    properties.flatMap(known -> known.member(name)).or(() -> oneOf.member("additionalProperties"));
            if (described.orElse(Json.of(false)) instanceof Json.Obj inner) {
                compare(inner, member, where + "." + name, found);
            } else {
                found.add(where + "." + name + " is not described");
            }
        });
        oneOf.member("required")
                .ifPresent(required -> ((Json.Arr) required).items().forEach(name -> {
                    if (object.member(((Json.Str) name).value()).isEmpty()) {
                        found.add(where + " lacks " + name.canonical());
                    }
                }));
    }

    private static void expectType(Json.Obj schema, String type, String where, Set<String> found) {
        if (!schema.canonical().contains('"' + type + '"')) {
            found.add(where + " is " + type);
        }
    }

    private static Json.Obj resolved(Json schema) {
        return ((Json.Obj) schema)
                .member("$ref")
                .map(reference -> at(((Json.Str) reference).value()))
                .orElse((Json.Obj) schema);
    }

    private static Json.Obj at(String reference) {
        Json.Obj place = document;
        for (String step : reference.substring(2).split("/", -1)) {
            place = (Json.Obj) place.member(step).orElseThrow(() -> new AssertionError(reference + " leads nowhere"));
        }
        return place;
    }

    private static Json.Obj example() {
        return (Json.Obj) at("#/components/examples/Job").member("value").orElseThrow();
    }

    private static RequestSpecification asMerchant() {
        return TestApi.request().auth().oauth2(TestTokens.of(Role.MERCHANT, "openapi-a"));
    }

    private static Json.Obj object(Response answer) {
        return (Json.Obj) Json.parse(answer.asByteArray());
    }
}
