package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The style sheet of figures, as far as they use it: selectors of one element and its classes. */
final class SvgStyle {
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^}]*)}");
    private static final String ALL = "svg.figure";

    private record Rule(String element, Set<String> classes, Map<String, String> values) {
        boolean matches(String tag, Set<String> own) {
            return (element.isEmpty() || element.equals(tag)) && own.containsAll(classes);
        }

        int weight() {
            return 10 * classes.size() + (element.isEmpty() ? 0 : 1);
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * @param sheet rules with their colours written out
     */
    SvgStyle(String sheet) {
        Matcher rule = RULE.matcher(sheet);
        while (rule.find()) {
            String selector = rule.group(1).strip();
            if (selector.startsWith(ALL)) {
                rules.add(rule(selector.substring(ALL.length()).strip(), rule.group(2)));
            }
        }
        rules.sort(Comparator.comparingInt(Rule::weight)); // stable: later rules win
    }

    private static Rule rule(String selector, String block) {
        List<String> parts = List.of(selector.split("\\.", -1));
        Map<String, String> values = new HashMap<>();
        for (String one : block.split(";", -1)) {
            int colon = one.indexOf(':');
            if (colon > 0) {
                values.put(one.substring(0, colon).strip(), one.substring(colon + 1).strip());
            }
        }
        return new Rule(parts.get(0), Set.copyOf(parts.subList(1, parts.size())), values);
    }

    /**
     * {@return the properties of an element}
     *
     * @param tag its name
     * @param classes its classes
     */
    Map<String, String> of(String tag, Set<String> classes) {
        Map<String, String> out = new HashMap<>();
        for (Rule rule : rules) {
            if (rule.matches(tag, classes)) {
                out.putAll(rule.values());
            }
        }
        return out;
    }
}
