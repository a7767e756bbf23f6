package io.tamis.server.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;

/** Every answer the service gave, headers included. */
final class Answers {
    private final StringBuilder all = new StringBuilder();
    private final List<String> served = new ArrayList<>();
    private int refusals;

    /** Keeps an answer that must have this status. */
    Response of(Response answer, int status) {
        keep(answer);
        assertEquals(status, answer.statusCode(), answer::asString);
        return answer;
    }

    /** Keeps a refusal. */
    void refused(String what, Response answer) {
        keep(answer);
        int status = answer.statusCode();
        if (status < 400 || status >= 500) {
            served.add(what + " was answered with " + status);
        }
        refusals++;
    }

    /** Keeps the answer to a dry run, which tells of a refusal in a 200. */
    void told(Response answer) {
        keep(answer);
        if (answer.statusCode() >= 500) {
            served.add("a dry run was answered with " + answer.statusCode());
        }
    }

    /** What should have been refused and was not, or broke. */
    List<String> served() {
        return served;
    }

    int refusals() {
        return refusals;
    }

    String text() {
        return all.toString();
    }

    private void keep(Response answer) {
        all.append(answer.headers()).append('\n').append(answer.asString()).append('\n');
    }
}
