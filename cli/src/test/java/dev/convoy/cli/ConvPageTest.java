package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about {@code convoy conv} shows what the command prints. */
class ConvPageTest {

    private static final Pattern SHOWN =
            Pattern.compile("```console\n\\$ \\./convoy ([^\n]+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void thePageShowsWhatIsPrinted() throws IOException {
        Path page = Path.of(System.getProperty("convoy.root")).resolve("docs/conv.md");
        List<MatchResult> shown =
                SHOWN.matcher(Files.readString(page)).results().toList();
        assertEquals(2, shown.size());
        for (MatchResult block : shown) {
            List<String> words = new ArrayList<>();
            WORD.matcher(block.group(1))
                    .results()
                    .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
            assertEquals(new Cli.Result(0, block.group(2), ""), Cli.run(words.toArray()));
        }
    }
}
