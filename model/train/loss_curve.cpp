#include "model/train/loss_curve.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace pith::train {
namespace {

constexpr double kWidth = 800, kHeight = 480, kLeft = 60, kRight = 20, kTop = 30, kBottom = 50;
constexpr double kStep = 0.1;  // bits per byte between lines

template <class... Arguments>
std::string print(const char* format, Arguments... arguments) {
  char text[256];
  std::snprintf(text, sizeof text, format, arguments...);
  return text;
}

// Where values lie in the picture.
struct Frame {
  double low_x, high_x;  // log10 of megabytes
  double low_y, high_y;  // bits per byte

  [[nodiscard]] double x(double megabytes) const {
    return kLeft + (std::log10(megabytes) - low_x) / (high_x - low_x) * (kWidth - kLeft - kRight);
  }
  [[nodiscard]] double y(double bits) const {
    return kTop + (high_y - bits) / (high_y - low_y) * (kHeight - kTop - kBottom);
  }
};

Frame frame_of(std::span<const CurvePoint> curve) {
  Frame frame = {1e9, -1e9, 1e9, -1e9};
  for (const CurvePoint& point : curve) {
    const double x = std::log10(std::max(1e-3, double{point.megabytes}));
    frame.low_x = std::min(frame.low_x, x);
    frame.high_x = std::max(frame.high_x, x);
    for (const float bits : {point.training_loss, point.held_loss}) {
      if (bits <= 0) continue;
      frame.low_y = std::min(frame.low_y, double{bits});
      // The first steps would press the rest together.
      frame.high_y = std::max(frame.high_y, std::min(double{bits}, 3.5));
    }
  }
  frame.low_y = std::floor(frame.low_y / kStep) * kStep;
  frame.high_y = std::max(std::ceil(frame.high_y / kStep), frame.low_y / kStep + 1) * kStep;
  frame.high_x = std::max(frame.high_x, frame.low_x + 0.1);
  return frame;
}

std::string line_of(const Frame& frame, std::span<const CurvePoint> curve, float CurvePoint::*loss,
                    const char* colour) {
  std::string points;
  for (const CurvePoint& point : curve) {
    const double bits = double{point.*loss};
    if (bits <= 0) continue;
    points += print("%.1f,%.1f ", frame.x(std::max(1e-3, double{point.megabytes})),
                    frame.y(std::min(bits, frame.high_y)));
  }
  return print("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"", colour) +
         points + "\"/>\n";
}

}  // namespace

std::string loss_curve_svg(std::span<const CurvePoint> curve) {
  std::string svg = print(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
      "font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
      kWidth, kHeight);
  if (!curve.empty()) {
    const Frame frame = frame_of(curve);
    const auto lines = std::lround((frame.high_y - frame.low_y) / kStep);
    for (long line = 0; line <= lines; ++line) {
      const double bits = frame.low_y + kStep * static_cast<double>(line);
      const double y = frame.y(bits);
      svg += print("<path stroke=\"#ddd\" d=\"M%.0f %.1fH%.0f\"/>", kLeft, y, kWidth - kRight);
      svg += print("<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", kLeft - 6,
                   y + 4, bits);
    }
    const auto last_power = static_cast<int>(std::floor(frame.high_x));
    for (int power = static_cast<int>(std::floor(frame.low_x)); power <= last_power; ++power) {
      for (const double digit : {1.0, 2.0, 5.0}) {
        const double megabytes = digit * std::pow(10, power);
        const double x = frame.x(megabytes);
        if (x < kLeft || x > kWidth - kRight) continue;
        svg += print("<path stroke=\"#ddd\" d=\"M%.1f %.0fV%.0f\"/>", x, kTop, kHeight - kBottom);
        svg += print("<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%g</text>\n", x,
                     kHeight - kBottom + 18, megabytes);
      }
    }
    svg += line_of(frame, curve, &CurvePoint::training_loss, "#1f77b4");
    svg += line_of(frame, curve, &CurvePoint::held_loss, "#d62728");
  }
  svg += print(
      "<text x=\"%.0f\" y=\"18\">bits per byte: <tspan fill=\"#1f77b4\">training text</tspan>, "
      "<tspan fill=\"#d62728\">held-out text</tspan></text>\n",
      kLeft);
  svg += print("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">megabytes of text read</text>\n",
               kWidth - kRight, kHeight - 12);
  return svg + "</svg>\n";
}

}  // namespace pith::train
