# The dashboard in a container: docker build -t winback . && docker run -p 127.0.0.1:8501:8501 -v winback:/data winback
FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . && useradd --create-home winback && mkdir /data && chown winback /data
USER winback
EXPOSE 8501
CMD ["winback", "open", "--no-browser", "--host", "0.0.0.0", "--port", "8501", "--data", "/data"]
