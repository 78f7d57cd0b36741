import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Answers questions of a line each, a kind and its arguments in base 64, with what Java's own library says. */
public class Answers {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split("\t", -1);
      String[] given = new String[parts.length - 1];
      for (int i = 0; i < given.length; i++) {
        given[i] = new String(Base64.getDecoder().decode(parts[i + 1]), StandardCharsets.UTF_8);
      }
      String answer;
      try {
        answer = answer(parts[0], given);
      } catch (Exception | StackOverflowError refused) {
        answer = "refused";
      }
      out.println(Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8)));
    }
    out.flush();
  }

  static String answer(String kind, String[] given) throws Exception {
    switch (kind) {
      case "regex":
        return regex(given[0], given[1]);
      case "decimal":
        return new DecimalFormat(given[0], new DecimalFormatSymbols(Locale.US)).format(Double.parseDouble(given[1]));
      case "real":
        return String.format(Locale.US, given[0], Double.parseDouble(given[1]));
      case "whole":
        return String.format(Locale.US, given[0], Integer.parseInt(given[1]));
      case "shown":
        return Double.toString(Double.longBitsToDouble(Long.parseLong(given[0])));
      case "shown single":
        return Float.toString(Float.intBitsToFloat(Integer.parseInt(given[0])));
      case "sentences":
        return sentences(given[0]);
      case "url":
        URL url = new URL(given[0]);
        return String.join("|", String.valueOf(url.getHost()), url.getPath(), String.valueOf(url.getQuery()),
            String.valueOf(url.getRef()), url.getProtocol(), url.getFile(), String.valueOf(url.getAuthority()),
            String.valueOf(url.getUserInfo()));
      default:
        return xpath(given[0], given[1]);
    }
  }

  static String regex(String pattern, String text) {
    StringBuilder found = new StringBuilder();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      for (int group = 0; group <= matcher.groupCount(); group++) {
        found.append(matcher.group(group) == null ? "~" : "<" + matcher.group(group) + ">");
      }
    }
    return found + Arrays.toString(text.split(pattern, -1)) + text.replaceAll(pattern, "[$0]");
  }

  static String sentences(String text) {
    StringBuilder found = new StringBuilder();
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.US);
    sentences.setText(text);
    int start = 0;
    while (sentences.next() != BreakIterator.DONE) {
      String sentence = text.substring(start, sentences.current());
      start = sentences.current();
      BreakIterator words = BreakIterator.getWordInstance(Locale.US);
      words.setText(sentence);
      int from = 0;
      while (words.next() != BreakIterator.DONE) {
        String word = sentence.substring(from, words.current());
        from = words.current();
        found.append(Character.isLetterOrDigit(word.charAt(0)) ? "<" + word + ">" : "");
      }
      found.append("|");
    }
    return found.toString();
  }

  static String xpath(String xml, String path) throws Exception {
    XPathExpression expression = XPathFactory.newInstance().newXPath().compile(path);
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    return expression.evaluate(document, XPathConstants.STRING) + "|"
        + expression.evaluate(document, XPathConstants.NUMBER) + "|"
        + expression.evaluate(document, XPathConstants.BOOLEAN);
  }
}
