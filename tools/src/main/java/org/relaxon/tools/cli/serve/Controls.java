package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.relaxon.tools.cli.text.Words;

/**
 * The options that the page changes, with their values, beside those that it leaves as they are. A
 * value from the page has a form of its own, so that none is another option or names a file.
 *
 * @param values by name of the option without dashes, such as {@code delay}; empty for the default
 * @param rest all other words of the command line
 */
record Controls(Map<String, String> values, List<String> rest) {
    private static final String NUMBER = "[0-9]{1,20}(\\.[0-9]{0,20})?(e[-+]?[0-9]{1,3})?";
    private static final String WORD = "[a-z][a-z-]{0,30}";
    private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("algorithm", Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,60}"));
        FORMS.put("dynamics", Pattern.compile(WORD + "(:(all|" + NUMBER + "))?"));
        FORMS.put("beta", Pattern.compile(NUMBER));
        FORMS.put("granularity", Pattern.compile("neuron|layer|block:[0-9]{1,6}"));
        FORMS.put(
                "delay",
                Pattern.compile(
                        "none|(constant|uniform|exponential|pareto|lognormal|per-link|bimodal"
                                + "|payload|newest-first):[0-9a-z.,]{1,60}"));
        FORMS.put("discipline", Pattern.compile(WORD + "(:" + NUMBER + ")?"));
        FORMS.put("drop", Pattern.compile(NUMBER));
        FORMS.put("threshold", Pattern.compile(NUMBER));
        FORMS.put("seed", Pattern.compile("[0-9]{1,18}"));
    }

    Controls {
        values = Map.copyOf(values);
        rest = List.copyOf(rest);
    }

    /** The names of all controls, in the order of the page. */
    static List<String> names() {
        return List.copyOf(FORMS.keySet());
    }

    /** The controls of a command line that was accepted. */
    static Controls of(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        for (int k = 0; k < words.size(); k++) {
            String word = words.get(k);
            int sign = word.indexOf('=');
            String name = (sign < 0 ? word : word.substring(0, sign)).replaceFirst("^--", "");
            boolean ours = word.startsWith("--") && FORMS.containsKey(name);
            String value = sign >= 0 ? word.substring(sign + 1) : "";
            if (ours && sign < 0 && k + 1 < words.size()) {
                value = words.get(++k);
            }
            if (ours && FORMS.get(name).matcher(value).matches() && !values.containsKey(name)) {
                values.put(name, value);
            } else if (ours) {
                rest.add("--" + name + "=" + value);
            } else {
                rest.add(word);
            }
        }
        return new Controls(values, rest);
    }

    /**
     * The same with values from the page.
     *
     * @throws IllegalArgumentException for a name or value of another form
     */
    Controls with(JsonNode changes) {
        Map<String, String> next = new LinkedHashMap<>(values);
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String name = change.getKey();
            String value = change.getValue().asText().strip();
            Pattern form = FORMS.get(name);
            if (form == null) {
                throw new IllegalArgumentException("the page has no control of this name");
            }
            if (value.isEmpty()) {
                next.remove(name);
            } else if (form.matcher(value).matches()) {
                next.put(name, value);
            } else {
                throw new IllegalArgumentException(
                        name + ": the value does not have the form that the page sends");
            }
        }
        return new Controls(next, rest);
    }

    /** The same with options of advice in place of those that it replaces. */
    Controls with(List<String> words, Set<String> replaced) {
        List<String> all = new ArrayList<>(Words.list(words(), replaced));
        for (String word : words) {
            if (word.startsWith("--")) {
                all = new ArrayList<>(Words.list(all, Set.of(word)));
            }
        }
        all.addAll(words);
        return of(all);
    }

    /** The words of the command line. */
    List<String> words() {
        List<String> out = new ArrayList<>(rest);
        for (String name : FORMS.keySet()) {
            if (values.containsKey(name)) {
                out.add("--" + name);
                out.add(values.get(name));
            }
        }
        return out;
    }
}
